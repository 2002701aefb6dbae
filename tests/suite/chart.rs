//! Charts without a window.

use glad::chart::{
    Axis, Bar, BarChart, HeatChart, HistogramSeries, LineChart, Mark, OverlaidHistogram, Scale,
    Series, Shape, Stroke, diverging, png, sequential,
};
use resvg::tiny_skia::Pixmap;

fn curves() -> LineChart {
    LineChart {
        title: "Found <b>&\u{7}".to_owned(),
        x: Axis::new("queries"),
        y: Axis::new("anomalies found"),
        series: vec![
            Series {
                name: "=GLAD, \"ours\"".to_owned(),
                points: vec![[1.0, 0.0], [2.0, 1.0], [3.0, f64::NAN], [4.0, 2.0]],
                ..Series::default()
            },
            Series {
                name: "baseline".to_owned(),
                points: vec![[1.0, 0.0], [4.0, 1.0]],
                spread: vec![0.5, 0.25],
                stroke: Stroke::Dashed,
                ..Series::default()
            },
        ],
    }
}

fn pixels(svg: &str) -> Pixmap {
    Pixmap::decode_png(&png(svg, 1.0).expect("a picture")).expect("a PNG")
}

fn colour(picture: &Pixmap, x: u32, y: u32) -> [u8; 3] {
    let pixel = picture.pixel(x, y).expect("a pixel within the picture");
    [pixel.red(), pixel.green(), pixel.blue()]
}

fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 4)
}

#[test]
fn text_from_a_table_cannot_break_a_chart() {
    let svg = curves().svg();
    assert!(svg.contains("Found &lt;b&gt;&amp; ") && !svg.contains("<b>"));
    assert!(!svg.contains("NaN"), "what is not finite is left out");
    assert!(png(&svg, 2.0).expect("a picture").starts_with(b"\x89PNG"));
}

#[test]
fn the_data_behind_curves_are_theirs() {
    let csv = curves().csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "series,queries,anomalies found,spread");
    assert_eq!(lines[2], "\"'=GLAD, \"\"ours\"\"\",2,1,");
    assert_eq!(lines[6], "baseline,4,1,0.25");
    assert_eq!(lines.len(), 7);
}

/// 2 × 2 cells on a plane of 100 pixels: colours stand where the values are, the lowest row below.
#[test]
fn a_heat_map_shows_its_values_where_they_are() {
    let chart = |scale| HeatChart {
        title: "relevance".to_owned(),
        x: Axis::with_range("x", 0.0, 2.0),
        y: Axis::with_range("y", 0.0, 2.0),
        columns: 2,
        values: vec![0.0, 1.0, 0.5, 0.5],
        value_label: "p".to_owned(),
        scale,
        side: 100.0,
        ..HeatChart::default()
    };
    let picture = pixels(
        &chart(Scale::Sequential {
            low: 0.0,
            high: 1.0,
        })
        .svg(),
    );
    assert!(near(colour(&picture, 95, 109), sequential(0.0)));
    assert!(near(colour(&picture, 145, 109), sequential(1.0)));
    assert!(near(colour(&picture, 95, 59), sequential(0.5)));
    let picture = pixels(&chart(Scale::Diverging { most: 1.0 }).svg());
    assert!(near(colour(&picture, 95, 109), diverging(0.5)));
    assert!(near(colour(&picture, 145, 109), diverging(1.0)));
    let mut marked = chart(Scale::Sequential {
        low: 0.0,
        high: 1.0,
    });
    marked.marks = vec![
        Mark {
            at: [0.5, 0.5],
            shape: Shape::Nominal,
        },
        Mark {
            at: [9.0, 9.0],
            shape: Shape::Current,
        },
    ];
    let picture = pixels(&marked.svg());
    assert_eq!(colour(&picture, 95, 109), [0x00, 0x72, 0xb2]);
    assert_eq!(
        chart(Scale::Diverging { most: 1.0 }).csv(),
        "x,y,p\n0.5,0.5,0\n1.5,0.5,1\n0.5,1.5,0.5\n1.5,1.5,0.5\n"
    );
}

#[test]
fn charts_without_data_are_drawn_empty() {
    assert!(png(&LineChart::default().svg(), 1.0).is_ok());
    assert!(png(&BarChart::default().svg(), 1.0).is_ok());
    let bars = BarChart {
        title: "share of the score".to_owned(),
        value: Axis::new("share"),
        bars: vec![
            Bar {
                name: "tree 3".to_owned(),
                value: 0.5,
                note: "50 %".to_owned(),
            },
            Bar {
                name: "tree 8".to_owned(),
                value: 0.25,
                note: "25 %".to_owned(),
            },
        ],
    };
    assert_eq!(bars.csv(), "name,share\ntree 3,0.5\ntree 8,0.25\n");
    assert!(bars.svg().contains("width=\"320.0\"") && bars.svg().contains("width=\"160.0\""));
}

#[test]
fn what_is_no_picture_is_told() {
    let told = png("<svg", 1.0).expect_err("no picture").to_string();
    assert!(told.starts_with("the chart could not be drawn: "));
    let told = png(&curves().svg(), 1e6)
        .expect_err("too large")
        .to_string();
    assert!(told.contains("out of range"));
}

/// Heights are logarithmic: one instance is seen beside a thousand.
#[test]
fn a_histogram_shows_one_beside_a_thousand() {
    let chart = OverlaidHistogram {
        title: "scores".to_owned(),
        x: Axis::new("score"),
        low: 0.0,
        width: 1.0,
        series: vec![
            HistogramSeries {
                name: "all".to_owned(),
                counts: vec![1000, 0, 1],
            },
            HistogramSeries {
                name: "anomalies".to_owned(),
                counts: vec![0, 0, 1],
            },
        ],
        marks: vec![("q_tau".to_owned(), 2.5)],
    };
    assert_eq!(
        chart.csv(),
        "from,to,all,anomalies\n0,1,1000,0\n1,2,0,0\n2,3,1,1\n"
    );
    let picture = pixels(&chart.svg());
    // A bin is 210 pixels wide; the lowest row of pixels within the frame.
    assert!(near(colour(&picture, 150, 304), [0x8a; 3]));
    assert!(near(colour(&picture, 550, 304), [0xd5, 0x5e, 0x00]));
    assert!(near(colour(&picture, 350, 290), [0xff; 3]));
}
