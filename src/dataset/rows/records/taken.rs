//! Records that are taken in many at a time.

use super::Records;
use crate::dataset::DatasetError;
use crate::dataset::bytes::pieces::{Next, Piece, Pieces};
use crate::dataset::bytes::text_source::TextSource;
use crate::dataset::format::Blocks;

impl Records {
    /// Takes in the file while its grammar is simple; returns after how many lines the parser has
    /// to go on, if it has to.
    pub(super) fn take_pieces(
        &mut self,
        source: &mut TextSource<'_>,
        mut blocks: Option<&mut (dyn Blocks + '_)>,
        (delimiter, lines): (u8, u64),
        name: &str,
        look: &mut dyn FnMut() -> Result<(), DatasetError>,
    ) -> Result<Option<u64>, DatasetError> {
        let mut pieces = Pieces::new(lines, delimiter, self.texts.clone());
        // Behind its beginning, a table that has numbers is taken as it is.
        if let Some(blocks) = &mut blocks {
            blocks.end_text(true);
        }
        loop {
            look()?;
            match pieces.next(source) {
                Ok(Next::Pieces(some)) => {
                    some.iter().try_for_each(|piece| self.take_piece(piece))?;
                }
                Ok(Next::End) => {
                    let lines = pieces.line() - 1;
                    if let Some(blocks) = blocks {
                        self.end.lines = self.take_blocks(blocks, lines, look)?;
                    }
                    return Ok(None);
                }
                Ok(Next::Parser(lines)) => {
                    if let Some(blocks) = &mut blocks {
                        blocks.end_text(false);
                    }
                    return Ok(Some(lines));
                }
                Err(error) => return Err(source.explain(&error, name, pieces.line())),
            }
        }
    }

    /// Takes in what follows so many lines as it is; returns how many rows that were.
    fn take_blocks(
        &mut self,
        blocks: &mut dyn Blocks,
        before: u64,
        look: &mut dyn FnMut() -> Result<(), DatasetError>,
    ) -> Result<u64, DatasetError> {
        let mut rows = 0;
        while let Some(block) = blocks.next(&self.texts)? {
            look()?;
            let piece = Piece::of(&block, &self.texts, before + rows);
            self.take_piece(&piece)?;
            rows += block.rows as u64;
        }
        Ok(rows)
    }

    fn take_piece(&mut self, piece: &Piece) -> Result<(), DatasetError> {
        let width = self.names.len();
        let mut others = piece.others();
        let is_dense = piece.is_dense();
        let mut lines = piece.lines();
        let first_line = piece.line(0);
        for (at, fields) in piece.numbers.chunks_exact(width).enumerate() {
            let line = match is_dense {
                true => first_line + at as u64,
                false => lines.next().unwrap_or_default(),
            };
            self.furniture.pass(line);
            // Only a row whose first field is no number can be something else than a row.
            if fields[0].is_nan() {
                let texts = fields.iter().filter(|field| field.is_nan()).count();
                let cells = others.clone().take(texts);
                if self.furniture.is_no_row(texts == width, cells, line) {
                    others.by_ref().take(texts).for_each(drop);
                    continue;
                }
            }
            if self.furniture.has_ended() {
                let left_out = fields.iter().filter(|field| field.is_nan());
                others.by_ref().take(left_out.count()).for_each(drop);
                continue;
            }
            let Some(row) = self.begin_row(line)? else {
                let left_out = fields.iter().filter(|field| field.is_nan());
                others.by_ref().take(left_out.count()).for_each(drop);
                continue;
            };
            for (column, &number) in fields.iter().enumerate() {
                let number = match number.is_nan() {
                    // There is a text for each of these.
                    true => self.field(column, others.next().unwrap_or_default(), row, line)?,
                    false if self.missing_numbers.contains(&number) => {
                        self.columns[column].miss(line)
                    }
                    false => {
                        self.columns[column].spread.add(number);
                        number as f32
                    }
                };
                self.numbers.push(number);
            }
            self.rows += 1;
        }
        Ok(())
    }
}
