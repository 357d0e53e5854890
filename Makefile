# Kaikaku. `make` lists what can be made.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run extras test bench bundle lock pictures docs clean

help: ## この一覧を表示する
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: ## 準備から起動まで（http://127.0.0.1:8000/）
	@$(PYTHON) tools/prepare.py
	@$(BIN)/kaikaku setup
	@$(BIN)/kaikaku demo
	@$(BIN)/kaikaku serve

extras: ## 大きな団体向けの部品（似た提案を探す、応援の組合せを解く）も入れる
	@$(PYTHON) tools/prepare.py --extras

test: ## 検査のすべて（書式・型・依存方向・移行・SQLite・PostgreSQL・ブラウザー・文書）
	@$(PYTHON) tools/prepare.py --dev
	@$(BIN)/python tools/check.py

bench: ## 速さを測り docs/benchmarks.md に書く
	@$(PYTHON) tools/prepare.py --dev
	@$(BIN)/python tools/bench.py

bundle: ## 閉域網に持ち込む一式を dist/ に作る
	@$(PYTHON) tools/prepare.py
	@$(PYTHON) tools/bundle.py

lock: ## 依存パッケージの固定を作り直す（要 uv）
	uv pip compile pyproject.toml --group build --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group build --all-extras -c requirements.txt --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-extras.txt
	uv pip compile pyproject.toml --group build --group dev --all-extras -c requirements-extras.txt --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.txt

pictures: ## 画面の画像（使い方、README）を撮り直す
	@$(PYTHON) tools/prepare.py --dev
	@$(BIN)/python tools/pictures.py
	@KAIKAKU_UPDATE_PICTURES=1 $(BIN)/python -m pytest -q tests/manual/browser/test_pictures.py

docs: ## 生成する文書（docs/cli.md）を作り直す
	@$(BIN)/python tools/docs.py

clean: ## 作業用のもの（.venv, var, vendor, dist）を消す
	rm -rf .venv var vendor dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
