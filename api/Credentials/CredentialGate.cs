using Microsoft.AspNetCore.Http;
using Tumbler.Api.Problems;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;

namespace Tumbler.Api.Credentials;

/// <summary>Lets a request through to its route when its credential reaches that far.</summary>
internal sealed class CredentialGate(RequestDelegate next, ApiOptions options, IApiKeys apiKeys)
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
        if (!(await Authenticate(http)).TryGet(out var caller, out var refusal)
            || (refusal = Refused(caller, access, http)) is not null)
        {
            await http.WriteProblem(ProblemMap.Of(refusal));
            return;
        }

        http.Features.Set(caller);
        await next(http);
    }

    private async ValueTask<Result<Caller>> Authenticate(HttpContext http)
    {
        var adminKeys = http.Request.Headers[AdminKey];
        var orgKeys = http.Request.Headers[ApiKey];
        return (adminKeys, orgKeys) switch
        {
            ({ Count: 0 }, { Count: 0 }) => new Refusal(ErrorCode.Unauthenticated, $"This address needs a credential in {AdminKey} or, where an organisation may use it, {ApiKey}."),
            ([{ } key], { Count: 0 }) => options.AdminKey.Accepts(key) ? Caller.Administrator : NotAccepted(),
            ({ Count: 0 }, [{ } key]) => Organization(await apiKeys.Verify(new VerifyApiKey(key, Address: http.Source()))),
            _ => Refusal.Invalid(adminKeys.Count > 1 ? AdminKey : ApiKey, "one_credential", "A request carries exactly one credential."),
        };
    }

    private static Result<Caller> Organization(ApiKeyVerdict verdict) => verdict switch
    {
        { Valid: true, KeyId: { } id } => new Caller(new Actor(ActorType.ApiKey, id.ToString()), verdict.Org),
        { Reason: ApiKeyVerdict.AddressNotAllowed } => new Refusal(ErrorCode.Forbidden, "This API key may not be used from this address."),
        _ => NotAccepted(),
    };

    private static Refusal? Refused(Caller caller, Access access, HttpContext http) =>
        caller.May(access, http.Request.RouteValues.GetValueOrDefault("org") as string)
            ? null
            : new Refusal(ErrorCode.Forbidden, "This credential is good, but not for this.");

    private static Refusal NotAccepted() => new(ErrorCode.Unauthenticated, "The credential is not accepted.");
}
