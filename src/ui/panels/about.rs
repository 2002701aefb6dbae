//! What the program is, its version and where its method is from.

use eframe::egui::{Context, Id, Modal, Ui};

use crate::ui::keys;

/// The paper that the program implements.
const PAPER: (&str, &str) = (
    "Islam, Das, Doppa, Natarajan: GLAD, GLocalized Anomaly Detection via Human-in-the-Loop Learning (2020)",
    "https://arxiv.org/abs/1810.01403",
);

/// Paints the dialog over the window; true when it is to be put away.
pub(in crate::ui) fn about_ui(ctx: &Context) -> bool {
    let modal = Modal::new(Id::unique("about")).show(ctx, |ui| {
        ui.set_max_width(460.0);
        ui.heading(format!("GLAD {}", env!("CARGO_PKG_VERSION")));
        ui.label("Find the anomalies in your data by answering a few questions.");
        ui.add_space(6.0);
        ui.label("The method:");
        link(ui, PAPER.0, PAPER.1);
        ui.add_space(6.0);
        ui.label(format!("Licence: {}.", env!("CARGO_PKG_LICENSE")));
        ui.label(
            "Tables and answers stay on this machine: the program opens no connection of its own.",
        );
        ui.add_space(6.0);
        let close = ui.button("Close");
        let tip = format!("Put it away ({})", keys::name(keys::Action::Cancel));
        close.on_hover_text(tip).clicked()
    });
    modal.inner || modal.should_close()
}

/// A link that says where it leads before it is followed.
fn link(ui: &mut Ui, text: &str, address: &str) {
    ui.hyperlink_to(text, address).on_hover_text(address);
}
