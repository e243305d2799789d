using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Tumbler.Api.Development;
using Tumbler.Api.Limits;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Audit;
using Tumbler.Engine.Tokens;

namespace Tumbler.Api.Credentials;

/// <summary>Lets a request through to its route when its credential reaches that far.</summary>
internal sealed class CredentialGate
{
    private const string AdminKey = "X-Admin-Key";
    private const string ApiKey = "X-API-Key";

    private readonly RequestDelegate next;
    private readonly ApiOptions options;
    private readonly IApiKeys apiKeys;
    private readonly IBearerTokens tokens;
    private readonly TurnedAway turnedAway;

    /// <summary>Made once, when the server starts and every endpoint is known.</summary>
    public CredentialGate(
        RequestDelegate next,
        ApiOptions options,
        IApiKeys apiKeys,
        IBearerTokens tokens,
        TurnedAway turnedAway,
        EndpointDataSource endpoints,
        IHostEnvironment environment)
    {
        (this.next, this.options, this.apiKeys, this.tokens, this.turnedAway) = (next, options, apiKeys, tokens, turnedAway);
        DevelopmentEndpoints.Refuse(endpoints, environment);
    }

    public Task InvokeAsync(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() switch
    {
        // Not ours, or no route at all: routing answers that with 404 or 405.
        null or { Access: Access.Anyone } => next(http),
        { Access: Access.Client } when !HasCredential(http.Request.Headers) => next(http),
        var rule => Enter(http, rule.Access),
    };

    /// <summary>One that is for this gate. A client's own way to authenticate is its route's business.</summary>
    private static bool HasCredential(IHeaderDictionary headers) =>
        headers[AdminKey].Count > 0 || headers[ApiKey].Count > 0 || BearerCredential.IsIn(headers.Authorization);

    private async Task Enter(HttpContext http, Access access)
    {
        if (!(await Authenticate(http, access)).TryGet(out var caller, out var refusal)
            || (refusal = Refused(caller, access, http)) is not null)
        {
            await http.WriteProblem(ProblemMap.Of(refusal));
            return;
        }

        http.Features.Set(caller);
        await next(http);
    }

    private async ValueTask<Result<Caller>> Authenticate(HttpContext http, Access access)
    {
        var adminKeys = http.Request.Headers[AdminKey];
        var orgKeys = http.Request.Headers[ApiKey];
        if (!BearerCredential.TryRead(http.Request.Headers.Authorization, out var token))
            return OneCredential(BearerCredential.Header);
        return (adminKeys, orgKeys, token) switch
        {
            ({ Count: 0 }, { Count: 0 }, null) when access == Access.AdminInBrowser && PasswordOfBrowser.Of(http.Request) is { } password =>
                Administrator(password, http),
            ({ Count: 0 }, { Count: 0 }, null) => Missing(http, access),
            ([{ } key], { Count: 0 }, null) => Administrator(key, http),
            ({ Count: 0 }, [{ } key], null) => Organization(http, await apiKeys.Verify(new VerifyApiKey(key, Address: http.Source()), http.Origin())),
            ({ Count: 0 }, { Count: 0 }, { } bearer) => Client(
                await tokens.Authenticate(RingId.Default, bearer, options.AdminAudience, http.Origin()), http),
            _ => OneCredential(adminKeys.Count > 1 ? AdminKey : orgKeys.Count > 0 ? ApiKey : BearerCredential.Header),
        };
    }

    private Result<Caller> Missing(HttpContext http, Access access)
    {
        turnedAway.Note(SecurityReason.NoCredential, http);
        if (access != Access.AdminInBrowser)
            http.Response.Headers.WWWAuthenticate = new([Challenges.ApiKey, Challenges.Bearer]);
        return new Refusal(
            ErrorCode.Unauthenticated,
            $"This address needs a credential in {AdminKey} or {BearerCredential.Header} or, where an organisation may use it, {ApiKey}.");
    }

    private Result<Caller> Administrator(string key, HttpContext http)
    {
        if (options.AdminKey.Accepts(key))
            return Caller.Bootstrap;
        turnedAway.Note(SecurityReason.WrongAdminKey, http);
        return NotAccepted();
    }

    /// <summary>The engine has recorded a refusal: it knows more about it.</summary>
    private static Result<Caller> Organization(HttpContext http, ApiKeyVerdict verdict)
    {
        if (verdict is { Valid: true, RateLimit: { } standing })
            http.ShowLimit(standing);
        if (verdict is { Valid: false, RateLimit: { } exhausted })
            http.RefuseByKey(exhausted);
        return OrganizationOf(verdict);
    }

    private static Result<Caller> OrganizationOf(ApiKeyVerdict verdict) => verdict switch
    {
        { Reason: ApiKeyVerdict.RateLimited } => new Refusal(ErrorCode.RateLimited, "The rate limit of this API key is used up. Try again after the seconds that Retry-After names."),
        { Valid: true, KeyId: { } id, Org: { } org } => Caller.Of(org, id),
        { Reason: ApiKeyVerdict.AddressNotAllowed } => new Refusal(ErrorCode.Forbidden, "This API key may not be used from this address."),
        _ => NotAccepted(),
    };

    /// <inheritdoc cref="Organization"/>
    private Result<Caller> Client(Bearer? bearer, HttpContext http)
    {
        if (bearer is not null)
        {
            if (CertificateBinding.Holds(bearer.Claims, http))
                return Caller.Of(bearer);
            turnedAway.Note(SecurityReason.InvalidToken, http, Caller.Of(bearer));
        }

        http.Response.Headers.WWWAuthenticate = Challenges.InvalidToken;
        return NotAccepted();
    }

    private Refusal? Refused(Caller caller, Access access, HttpContext http)
    {
        if (caller.May(access, http.Request.RouteValues.GetValueOrDefault("org") as string))
            return null;
        turnedAway.Note(SecurityReason.Forbidden, http, caller);
        if (caller.ByToken)
            http.Response.Headers.WWWAuthenticate = Challenges.InsufficientScope(access.Scope());
        return new Refusal(ErrorCode.Forbidden, "This credential is good, but not for this.");
    }

    private static Refusal OneCredential(string header) =>
        Refusal.Invalid(header, "one_credential", "A request carries exactly one credential.");

    private static Refusal NotAccepted() => new(ErrorCode.Unauthenticated, "The credential is not accepted.");
}
