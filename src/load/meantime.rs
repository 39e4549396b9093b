//! Reads how soon something is to happen, and what to do until then.

use super::reader::{Faulty, Fields, Reader};
use crate::model::Meantime;

/// What a row says under `how_soon` and `until_then`.
pub(crate) fn read_meantime(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Result<Meantime, Faulty> {
    let how_soon = reader.optional_text(fields, "how_soon");
    let until_then = reader.optional_text(fields, "until_then");
    Ok(Meantime { how_soon: how_soon?, until_then: until_then? })
}
