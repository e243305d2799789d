using System.Buffers;
using Microsoft.Extensions.Options;
using Tumbler.Client.Net;

namespace Tumbler.Client.Outbound;

/// <summary>What must hold of <see cref="TokenClientOptions"/>; all complaints together, each with the setting's name.</summary>
internal sealed class TokenClientOptionsRules : IValidateOptions<TokenClientOptions>
{
    private const int MaxLength = 4096;

    /// <summary>VSCHAR of RFC 6749 appendix A, which names clients and secrets.</summary>
    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(code => (char)code)]);

    /// <summary>NQCHAR of the same, with the space between scopes.</summary>
    private static readonly SearchValues<char> ScopeCharacters =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(code => (char)code).Except(['"', '\\'])]);

    public ValidateOptionsResult Validate(string? name, TokenClientOptions options)
    {
        var complaints = Complaints(options).Select(complaint => $"HttpClient '{name}': {complaint}").ToList();
        return complaints.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(complaints);
    }

    public static IEnumerable<string> Complaints(TokenClientOptions options)
    {
        if (string.IsNullOrEmpty(options.Issuer) == string.IsNullOrEmpty(options.TokenEndpoint))
            yield return $"Exactly one of {nameof(options.Issuer)} and {nameof(options.TokenEndpoint)} must be given.";
        if (Address(nameof(options.Issuer), options.Issuer, options.AllowHttp, query: false) is { } issuer)
            yield return issuer;
        if (Address(nameof(options.TokenEndpoint), options.TokenEndpoint, options.AllowHttp, query: true) is { } endpoint)
            yield return endpoint;

        if (string.IsNullOrEmpty(options.ClientId))
            yield return $"{nameof(options.ClientId)} must be given.";
        else if (!IsVisible(options.ClientId))
            yield return $"{nameof(options.ClientId)} must be at most {MaxLength} printable ASCII characters.";

        if (string.IsNullOrEmpty(options.ClientSecret) == string.IsNullOrEmpty(options.ClientSecretFile))
            yield return $"Exactly one of {nameof(options.ClientSecretFile)} and {nameof(options.ClientSecret)} must be given.";
        else if (!string.IsNullOrEmpty(options.ClientSecret) && !IsVisible(options.ClientSecret))
            yield return $"{nameof(options.ClientSecret)} must be at most {MaxLength} printable ASCII characters.";
        else if (!string.IsNullOrEmpty(options.ClientSecretFile) && !ClientSecret.TryRead(options, out _, out var problem))
            yield return problem;

        if (options.Scope is { } scope && (scope.Length > MaxLength || scope.AsSpan().ContainsAnyExcept(ScopeCharacters)))
            yield return $"{nameof(options.Scope)} must be scopes with spaces between them: printable ASCII characters without quotation marks and backslashes, at most {MaxLength}.";
        foreach (var resource in options.Resource)
        {
            if (!Uri.TryCreate(resource, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
                yield return $"{nameof(options.Resource)} '{resource}' must be an absolute URI without a fragment (RFC 8707 §2).";
        }
    }

    public static bool IsVisible(string text) => text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Visible);

    private static string? Address(string setting, string? text, bool allowHttp, bool query)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return $"{setting} must be an https URL.";
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || (!query && uri.Query.Length > 0))
            return $"{setting} must be a URL without {(query ? "" : "query, ")}fragment and credentials.";
        return SafeUrl.Admits(uri, allowHttp) ? null : $"{setting} must be an https URL: over plain HTTP to another machine everybody on the way could read secret and tokens ({nameof(TokenClientOptions.AllowHttp)} allows it).";
    }
}
