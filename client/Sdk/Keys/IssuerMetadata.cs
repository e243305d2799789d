using Tumbler.Client.Net;
using Tumbler.Client.Tokens;

namespace Tumbler.Client.Keys;

/// <summary>What is used of an issuer's metadata (RFC 8414 §2).</summary>
/// <param name="RevocationsUri">Where its kill list is, which is Tumbler's own member; null for an issuer that has none.</param>
internal sealed record IssuerMetadata(Uri JwksUri, Uri? RevocationsUri)
{
    private const int MaxSize = 128 * 1024;
    private const string Accept = "application/json";

    /// <summary>Where it may be: OpenID Connect Discovery 1.0 §4, then RFC 8414 §3.1, which puts its path before the issuer's.</summary>
    public static IReadOnlyList<Uri> Places(string issuer)
    {
        var url = new Uri(issuer);
        return
        [
            new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration"),
            new Uri($"{url.GetLeftPart(UriPartial.Authority)}/.well-known/oauth-authorization-server{url.AbsolutePath.TrimEnd('/')}"),
        ];
    }

    /// <exception cref="FetchException">It is at neither place, or not to be believed.</exception>
    public static async Task<IssuerMetadata> Get(DocumentFetch fetch, string issuer, bool allowHttp, CancellationToken stop)
    {
        FetchException? first = null;
        foreach (var place in Places(issuer))
        {
            try
            {
                var document = await fetch.Get(place, Accept, MaxSize, known: null, anew: false, stop);
                return Read(document.Body!.Value, place, issuer, allowHttp);
            }
            catch (FetchException e) when (first is null)
            {
                first = e;
            }
            catch (FetchException e)
            {
                throw new FetchException($"The issuer's metadata can't be had. {first!.Message} {e.Message}", e) { IsRefused = first.IsRefused || e.IsRefused };
            }
        }

        throw first!;
    }

    private static IssuerMetadata Read(ReadOnlyMemory<byte> utf8, Uri place, string issuer, bool allowHttp)
    {
        using var document = StrictJson.ReadObject(utf8) ?? throw FetchException.Refused($"{place} is no JSON object.");
        var json = document.RootElement;

        // RFC 8414 §3.3: else one issuer could speak for another.
        if (json.TextOf("issuer") != issuer)
            throw FetchException.Refused($"{place} is of another issuer than {issuer}.");
        var keys = Address("jwks_uri") ?? throw FetchException.Refused($"{place} names no jwks_uri.");
        return new IssuerMetadata(keys, Address("tumbler_revocations_uri"));

        Uri? Address(string member)
        {
            if (json.TextOf(member) is not { } text)
                return null;
            return Uri.TryCreate(text, UriKind.Absolute, out var url) && SafeUrl.Leads(place, url, allowHttp)
                ? url
                : throw FetchException.Refused($"{place} names a {member} that is not https.");
        }
    }
}
