using Microsoft.AspNetCore.Http;
using Tumbler.Core.Tokens;

namespace Tumbler.Silo.Configuration;

/// <param name="Issuer">The <c>iss</c> of every token and the base of all public URLs, as verifiers reach this server:
/// an absolute http or https URL without query, fragment and trailing slash (RFC 8414 §2). Default: the first of the
/// addresses listened on. Verifiers refuse all tokens when it is not what they were told.</param>
/// <param name="Lifetime">How long a token lives, 30 s to 24 h; default 5 min. A ring's policy can make it shorter.</param>
/// <param name="Skew">How much later than its end and earlier than its beginning this server takes a token, 0 s to 60 s; default
/// 30 s. A token lives longer here by as much.</param>
public sealed record TokenOptions(string Issuer, TimeSpan Lifetime, TimeSpan Skew)
{
    private const string IssuerSetting = "Tokens:Issuer";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MinLifetime = TimeSpan.FromSeconds(30);

    internal static TokenOptions Read(SettingsReader settings, ListenOptions listen) => new(
        settings.Text(IssuerSetting) is { } issuer ? Check(settings, issuer) : FromUrls(settings, listen),
        settings.Duration("Tokens:Lifetime", MinLifetime, TokenLifetime.Maximum) ?? DefaultLifetime,
        settings.Duration("Tokens:Skew", TimeSpan.Zero, AccessTokenExpectations.MaxSkew) ?? AccessTokenExpectations.DefaultSkew);

    private static string Check(SettingsReader settings, string issuer)
    {
        // As text: a parsed URL has a trailing slash where the issuer must have none, and issuers are compared as text.
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
            || issuer.AsSpan().IndexOfAny('?', '#') >= 0
            || issuer.EndsWith('/')
            || !issuer.All(c => c is > ' ' and < '\x7f'))
            settings.Error(IssuerSetting, "must be an absolute http or https URL without user, query, fragment and trailing slash");
        else if (!settings.Development && url.Scheme == Uri.UriSchemeHttp && !HostNames.IsLoopback(url.IdnHost))
            settings.Error(IssuerSetting, "must be https in production: whoever can change the key set on its way can forge tokens");
        return issuer;
    }

    private static string FromUrls(SettingsReader settings, ListenOptions listen)
    {
        if (listen.Urls is not [var first, ..])
            return "";
        if (first.IsUnixPipe || first.Port == 0 || HostNames.IsAny(first.Host))
            settings.Error(IssuerSetting, $"is required, because nobody can call {first}");
        return Url(first);
    }

    private static string Url(BindingAddress address) =>
        address.Port == (address.Scheme == Uri.UriSchemeHttps ? 443 : 80) ? $"{address.Scheme}://{address.Host}" : $"{address.Scheme}://{address.Host}:{address.Port}";
}
