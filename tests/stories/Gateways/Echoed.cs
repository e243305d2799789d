namespace Tumbler.Stories.Tests.Gateways;

/// <summary>A request as it reached the service behind the gateway.</summary>
/// <param name="Headers">By their names in lower case, every copy of each.</param>
internal sealed record Echoed(string Method, string Url, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers)
{
    /// <summary>The one copy of a header, null when there is none.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? Assert.Single(values) : null;

    public (string? Subject, string? Org, string? Scopes, string? KeyId) Identity =>
        (Header("x-auth-subject"), Header("x-auth-org"), Header("x-auth-scopes"), Header("x-auth-key-id"));
}
