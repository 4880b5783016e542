//! The shortest useful program: `cargo run --example quickstart`.

use bangla_ner::Extractor;

fn main() {
    let ner = Extractor::bundled();
    let text = "উত্তর কোরিয়ার সংবাদ সংস্থা কেসিএনএ জানিয়েছে, প্রেসিডেন্ট পুতিন পিয়ংইয়ংয়ে যাবেন।";
    for entity in ner.extract(text) {
        println!("{:<12} {}|{} {:?}", entity.kind(), entity.name(), entity.ending(), entity.span());
    }
}
