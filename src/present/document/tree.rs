//! The blocks of a page as a tree: what belongs to an item of a list stands in it.

use super::{Block, Line};

/// A part of the tree.
#[derive(Debug)]
pub(super) enum Node<'d> {
    /// A block that has nothing in it.
    Block(&'d Block),
    /// The sources, each with its number.
    Sources(Vec<(usize, &'d Line)>),
    /// A list, each item with its line and what belongs to it.
    List(Vec<(&'d Line, Vec<Node<'d>>)>),
}

/// The tree of these blocks; gaps are left out.
pub(super) fn tree(blocks: &[Block]) -> Vec<Node<'_>> {
    let mut rest = blocks;
    nodes(&mut rest, 0)
}

/// The nodes up to the first block that is indented less, or is a heading in a list.
fn nodes<'d>(rest: &mut &'d [Block], least: usize) -> Vec<Node<'d>> {
    let mut nodes = Vec::new();
    while let [first, others @ ..] = *rest {
        if indent(first) < least {
            break;
        }
        match first {
            Block::Gap => *rest = others,
            Block::Bullet(indent, line) => {
                *rest = others;
                let item = (line, self::nodes(rest, indent + 1));
                match nodes.last_mut() {
                    Some(Node::List(items)) => items.push(item),
                    _ => nodes.push(Node::List(vec![item])),
                }
            }
            Block::Source(number, line) => {
                *rest = others;
                match nodes.last_mut() {
                    Some(Node::Sources(sources)) => sources.push((*number, line)),
                    _ => nodes.push(Node::Sources(vec![(*number, line)])),
                }
            }
            _ => {
                *rest = others;
                nodes.push(Node::Block(first));
            }
        }
    }
    nodes
}

/// Where a block stands. A gap stands wherever the block before it does.
fn indent(block: &Block) -> usize {
    match block {
        Block::Gap => usize::MAX,
        Block::Banner(_)
        | Block::Heading(_)
        | Block::Subheading(_)
        | Block::Answer(_)
        | Block::Blank(_)
        | Block::Source(..)
        | Block::Table(_)
        | Block::Timeline(..) => 0,
        Block::Name(indent, _)
        | Block::Paragraph(indent, _)
        | Block::Aside(indent, _)
        | Block::Bullet(indent, _)
        | Block::Boxes(indent, _) => *indent,
    }
}
