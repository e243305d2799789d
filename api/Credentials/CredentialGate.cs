using Microsoft.AspNetCore.Http;
using Tumbler.Api.Limits;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;
using Tumbler.Engine;
using Tumbler.Engine.Audit;

namespace Tumbler.Api.Credentials;

/// <summary>Lets a request through to its route when its credential reaches that far.</summary>
internal sealed class CredentialGate(
    RequestDelegate next, ApiOptions options, IApiKeys apiKeys, SecurityEvents events, TimeProvider clock)
{
    private const string AdminKey = "X-Admin-Key";
    private const string ApiKey = "X-API-Key";

    public Task InvokeAsync(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() switch
    {
        // Not ours, or no route at all: routing answers that with 404 or 405.
        null or { Access: Access.Anyone } => next(http),
        var rule => Enter(http, rule.Access),
    };

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
        return (adminKeys, orgKeys) switch
        {
            ({ Count: 0 }, { Count: 0 }) when access == Access.AdminInBrowser && PasswordOfBrowser.Of(http.Request) is { } password =>
                Administrator(password, http),
            ({ Count: 0 }, { Count: 0 }) => Missing(http),
            ([{ } key], { Count: 0 }) => Administrator(key, http),
            ({ Count: 0 }, [{ } key]) => Organization(http, await apiKeys.Verify(new VerifyApiKey(key, Address: http.Source()), http.Origin())),
            _ => Refusal.Invalid(adminKeys.Count > 1 ? AdminKey : ApiKey, "one_credential", "A request carries exactly one credential."),
        };
    }

    private Result<Caller> Missing(HttpContext http)
    {
        Record(SecurityReason.NoCredential, http);
        return new Refusal(ErrorCode.Unauthenticated, $"This address needs a credential in {AdminKey} or, where an organisation may use it, {ApiKey}.");
    }

    private Result<Caller> Administrator(string key, HttpContext http)
    {
        if (options.AdminKey.Accepts(key))
            return Caller.Administrator;
        Record(SecurityReason.WrongAdminKey, http);
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
        { Valid: true, KeyId: { } id } => new Caller(new Actor(ActorType.ApiKey, id.ToString()), verdict.Org),
        { Reason: ApiKeyVerdict.AddressNotAllowed } => new Refusal(ErrorCode.Forbidden, "This API key may not be used from this address."),
        _ => NotAccepted(),
    };

    private Refusal? Refused(Caller caller, Access access, HttpContext http)
    {
        if (caller.May(access, http.Request.RouteValues.GetValueOrDefault("org") as string))
            return null;
        Record(SecurityReason.Forbidden, http, caller);
        return new Refusal(ErrorCode.Forbidden, "This credential is good, but not for this.");
    }

    private void Record(SecurityReason reason, HttpContext http, Caller? caller = null) => events.Record(
        new SecurityEvent(reason, http.Origin(), clock.Now())
        {
            Key = caller is { Actor.Type: ActorType.ApiKey } ? ApiKeyId.Parse(caller.Actor.Id) : null,
            Org = caller?.Org,
        });

    private static Refusal NotAccepted() => new(ErrorCode.Unauthenticated, "The credential is not accepted.");
}
