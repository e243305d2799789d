using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tumbler.Api.Credentials;
using Tumbler.Api.Migration;
using Tumbler.Api.Proxies;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine.Migration;
using Tumbler.Engine.Tokens;

namespace Tumbler.Api.ForwardAuth;

/// <summary>Judges the credential of a request that a gateway asks about. In the steady state nothing here waits.</summary>
internal sealed class ForwardJudge(
    ForwardAuthOptions options, IApiKeys apiKeys, SharedKeys sharedKeys, IBearerTokens tokens, TurnedAway turnedAway)
{
    private const string ApiKey = "X-API-Key";

    private readonly ForwardDecision noCredential = ForwardDecision.NoCredential(Challenge(options.Methods));

    /// <summary>A token or a key, which somebody chose to send, comes before a certificate, which a connection has anyway.</summary>
    public ValueTask<ForwardDecision> Judge(HttpContext http, Requirement needs, RequestOrigin origin)
    {
        var headers = http.Request.Headers;
        string? token = null;
        if (options.Methods.HasFlag(ForwardAuthMethods.Jwt) && !BearerCredential.TryRead(headers.Authorization, out token))
            return Two(origin);
        var keys = options.Methods.HasFlag(ForwardAuthMethods.ApiKey) ? headers[ApiKey] : StringValues.Empty;
        return (token, keys) switch
        {
            (null, { Count: 0 }) => new(BySubject(http, needs, origin)),
            ({ } bearer, { Count: 0 }) => ByToken(http, bearer, needs, origin),
            (null, [{ } key]) => BySharedKey(http, key, needs, origin) is { } shared ? new(shared) : ByKey(key, http.Source(), needs, origin),
            _ => Two(origin),
        };
    }

    private async ValueTask<ForwardDecision> ByToken(HttpContext http, string token, Requirement needs, RequestOrigin origin)
    {
        if (await tokens.Authenticate(needs.Ring, token, needs.Audience, origin) is not { } bearer)
            return ForwardDecision.BadToken;
        if (!CertificateBinding.Holds(bearer.Claims, http))
            return Refuse(ForwardDecision.BadToken, SecurityReason.InvalidToken);
        if (needs.Org is { } org && org != bearer.Org)
            return Refuse(ForwardDecision.WrongOrg, SecurityReason.Forbidden);
        foreach (var scope in needs.Scopes)
        {
            if (!bearer.Has(scope))
                return Refuse(ForwardDecision.InsufficientScope(needs.ScopeText, byToken: true), SecurityReason.InsufficientScope);
        }

        return ForwardDecision.Allowed(new(bearer.Claims.Subject, bearer.Org.Value, bearer.Scope, bearer.Key?.ToString()));

        ForwardDecision Refuse(ForwardDecision refusal, SecurityReason reason)
        {
            turnedAway.Note(reason, origin, Caller.Of(bearer));
            return refusal;
        }
    }

    /// <summary>Null when it is none. It has no scopes because whoever has it may do everything, and is no organisation's.</summary>
    private ForwardDecision? BySharedKey(HttpContext http, string key, Requirement needs, RequestOrigin origin)
    {
        if (sharedKeys.Present(key, needs.Audience, http.Source(), origin) is not { } shared)
            return null;
        http.Response.Announce(shared.Notice);
        if (!shared.Accepted)
            return ForwardDecision.BadKey;
        if (needs.Org is null)
            return ForwardDecision.Allowed(new(shared.Client));
        turnedAway.Note(SecurityReason.Forbidden, origin);
        return ForwardDecision.WrongOrg;
    }

    /// <summary>The engine records what it refuses.</summary>
    private async ValueTask<ForwardDecision> ByKey(string key, string address, Requirement needs, RequestOrigin origin)
    {
        var verdict = await apiKeys.Verify(new VerifyApiKey(key, needs.Scopes, address, needs.Audience), origin);
        if (verdict is not { Valid: true, KeyId: { } id, Org: { } org })
        {
            return verdict.Reason switch
            {
                ApiKeyVerdict.InsufficientScope => ForwardDecision.InsufficientScope(needs.ScopeText, byToken: false),
                ApiKeyVerdict.AddressNotAllowed => ForwardDecision.WrongAddress,
                ApiKeyVerdict.AudienceNotAllowed => ForwardDecision.WrongAudience,
                _ => ForwardDecision.BadKey,
            };
        }

        if (needs.Org is { } needed && needed != org)
        {
            turnedAway.Note(SecurityReason.Forbidden, origin, Caller.Of(org, id));
            return ForwardDecision.WrongOrg;
        }

        // The same subject as that of the key's tokens.
        return ForwardDecision.Allowed(new(id.ToString(), org.Value, string.Join(' ', verdict.Scopes ?? []), id.ToString()));
    }

    private ForwardDecision BySubject(HttpContext http, Requirement needs, RequestOrigin origin)
    {
        var given = options.Methods.HasFlag(ForwardAuthMethods.Mtls) && http.CameFromProxy()
            ? http.Request.Headers[options.SubjectHeader]
            : StringValues.Empty;
        if (given.Count == 0)
            return Refuse(noCredential, SecurityReason.NoCredential);

        // Two of them: a gateway that adds its own to the caller's.
        if (given is not [{ } subject] || !options.Subjects.Contains(subject))
            return Refuse(ForwardDecision.WrongSubject, SecurityReason.SubjectNotAllowed);
        return needs.Scopes.Count > 0 || needs.Org is not null
            ? Refuse(ForwardDecision.NoRights, SecurityReason.InsufficientScope)
            : ForwardDecision.Allowed(new(subject));

        ForwardDecision Refuse(ForwardDecision refusal, SecurityReason reason)
        {
            turnedAway.Note(reason, origin);
            return refusal;
        }
    }

    private ValueTask<ForwardDecision> Two(RequestOrigin origin)
    {
        turnedAway.Note(SecurityReason.NoCredential, origin);
        return new(ForwardDecision.TwoCredentials);
    }

    /// <summary>In one header: some gateways hand on only the first.</summary>
    private static string Challenge(ForwardAuthMethods methods) => (methods & ~ForwardAuthMethods.Mtls) switch
    {
        ForwardAuthMethods.Jwt => Challenges.Bearer,
        ForwardAuthMethods.ApiKey => Challenges.ApiKey,
        ForwardAuthMethods.None => Challenges.Certificate,
        _ => $"{Challenges.Bearer}, {Challenges.ApiKey}",
    };
}
