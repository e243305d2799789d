namespace Tumbler.Client;

/// <summary>How an <see cref="HttpClient"/> gets the access tokens that it sends: by the client credentials grant (RFC 6749 §4.4), the client
/// authenticating with <c>client_secret_basic</c>. Any standard issuer will do.</summary>
/// <example>
/// <code>
/// services.AddHttpClient("invoices").AddTumblerTokens(options =>
/// {
///     options.Issuer = "https://tokens.example";
///     options.ClientId = "5f0c7a1e-7f0e-4d0b-9f59-0a0d2b8b6e51";
///     options.ClientSecretFile = "/run/secrets/tumbler-key";
///     options.Scope = "orders:read";
/// });
/// </code>
/// </example>
public sealed class TokenClientOptions
{
    /// <summary>Who issues the tokens; its metadata say where (RFC 8414, OpenID Connect Discovery). Either this or
    /// <see cref="TokenEndpoint"/> must be given.</summary>
    public string? Issuer { get; set; }

    /// <summary>Where tokens are issued, for issuers without metadata.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Required. At Tumbler the id of an API key.</summary>
    public string? ClientId { get; set; }

    /// <summary>At Tumbler the API key. Better is <see cref="ClientSecretFile"/>: settings are shown and copied too easily.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file with the secret. It is read whenever a token is fetched, so that a new secret needs no restart. Either this or
    /// <see cref="ClientSecret"/> must be given.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>The scopes to ask for, with spaces between them. Without, the issuer gives what it gives.</summary>
    public string? Scope { get; set; }

    /// <summary>The services that the tokens are for (RFC 8707): absolute URIs. Without, the issuer decides.</summary>
    public IList<string> Resource { get; } = [];

    /// <summary>Whether secret and tokens may also go over plain HTTP to other machines. By default only over TLS, and to this machine.</summary>
    public bool AllowHttp { get; set; }
}
