-- Asks Tumbler whether a request may pass. Leaves txn.auth_status (nothing when nobody answered), txn.auth_challenge for a 401,
-- and txn.auth_subject, txn.auth_org, txn.auth_scopes and txn.auth_key_id as far as they are known.

local credentials = { "authorization", "x-api-key" }

local answers = {
  ["www-authenticate"] = "txn.auth_challenge",
  ["x-auth-subject"] = "txn.auth_subject",
  ["x-auth-org"] = "txn.auth_org",
  ["x-auth-scopes"] = "txn.auth_scopes",
  ["x-auth-key-id"] = "txn.auth_key_id",
}

core.register_action("forward-auth", { "http-req" }, function(txn, url)
  local given = txn.http:req_get_headers()
  local question = { ["x-forwarded-for"] = { txn.f:src() }, ["x-original-uri"] = { txn.f:pathq() } }
  for _, name in ipairs(credentials) do
    if given[name] then
      -- All of them, however many: more than one is Tumbler's to refuse.
      local values = {}
      for _, value in pairs(given[name]) do values[#values + 1] = value end
      question[name] = values
    end
  end
  local subject = txn:get_var("txn.client_subject")
  if subject then question["x-client-cert-subject"] = { subject } end

  txn:unset_var("txn.auth_status")
  local answer = core.httpclient():get({ url = url, headers = question })
  if not answer then return end
  txn:set_var("txn.auth_status", answer.status)
  for name, variable in pairs(answers) do
    txn:unset_var(variable)
    for _, value in pairs(answer.headers and answer.headers[name] or {}) do txn:set_var(variable, value) end
  end
end, 1)
