"""The project folder: captures by hash, Parquet tables by stage, judgements."""
