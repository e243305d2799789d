namespace Tumbler.Contracts.ApiKeys;

public sealed record ReplacedApiKey(ApiKeyId Id, string Fingerprint);
