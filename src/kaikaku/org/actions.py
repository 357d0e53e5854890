"""What this app records, in Japanese."""

SENTENCES = {
    "org.organisation.created": "団体を登録しました",
    "org.organisation.revised": "団体の情報を改めました",
    "org.department.opened": "部署を設けました",
    "org.department.revised": "部署の登録を改めました",
    "org.department.renamed": "部署を改称しました",
    "org.department.closed": "部署を廃止・再編しました",
    "org.post.opened": "職を設けました",
    "org.post.closed": "職を廃止しました",
    "org.post.appointed": "職に任じました",
    "org.post.released": "職を解きました",
    "org.account.created": "利用者を登録しました",
    "org.account.revised": "利用者の情報を改めました",
    "org.account.password_reset": "パスワードを再発行しました",
    "org.account.password_changed": "パスワードを変えました",
    "org.account.deactivated": "利用者を停止しました",
    "org.account.reactivated": "利用者を再開しました",
    "org.account.signed_in": "ログインしました",
    "org.account.signed_out": "ログアウトしました",
    "org.account.sign_in_refused": "ログインを断りました",
}
