//! Reading persona documents: what is stated, where, and how strongly.

mod common;
mod corpus;
mod damage;
mod goldens;
mod languages;
mod mutations;
mod states;
mod trees;
