using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Credentials;
using Tumbler.Api.Json;
using Tumbler.Api.Limits;
using Tumbler.Api.Migration;
using Tumbler.Api.Requests;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Audit;
using Tumbler.Engine.Migration;

namespace Tumbler.Api.ApiKeys;

internal sealed class ApiKeyRoutes(IApiKeys apiKeys, SharedKeys sharedKeys, TurnedAway turnedAway)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        const string all = "/api/v1/organizations/{org}/api-keys";
        const string one = $"{all}/{{id}}";

        routes.MapGet(all, Receive.Page(List));
        routes.MapPost(all, Receive.Json(ApiJson.Default.CreateApiKey, Create));
        routes.MapPatch(one, Receive.Json(ApiJson.Default.ChangeApiKey, Change));
        routes.MapDelete(one, Receive.WithoutBody(Revoke));
        routes.MapPost("/api/v1/organizations/{org}/api-key/rotate",
            Receive.Json(ApiJson.Default.RotateApiKeys, whenEmpty: new RotateApiKeys(), Rotate));
        routes.MapPost("/api/v1/api-keys/verify", Receive.Json(ApiJson.Default.VerifyApiKey, Verify));
    }

    private async Task<Answer> List(HttpContext http, PageRequest page) =>
        Answer.Ok(await apiKeys.List(http.Org(), page), ApiJson.Default.ApiKeyPage);

    private async Task<Answer> Create(HttpContext http, CreateApiKey request)
    {
        var org = http.Org();
        var issued = Noted(http, await apiKeys.Create(org, request, http.Call()));
        return Answer.Created(issued, ApiJson.Default.IssuedApiKey, key => $"/api/v1/organizations/{org}/api-keys/{key.Id}");
    }

    private async Task<Answer> Change(HttpContext http, ChangeApiKey request) => Answer.Ok(
        Noted(http, await apiKeys.Change(http.Org(), http.ApiKeyId(), request, http.Call())), ApiJson.Default.ApiKeyView);

    private async Task<Answer> Revoke(HttpContext http) => Answer.Ok(
        await apiKeys.Revoke(http.Org(), http.ApiKeyId(), http.Call()), ApiJson.Default.ApiKeyView);

    private async Task<Answer> Rotate(HttpContext http, RotateApiKeys request) => Answer.Ok(
        Noted(http, await apiKeys.Rotate(http.Org(), request, http.Call())), ApiJson.Default.RotatedApiKeys);

    /// <summary>An administrator who asks for more rights than its own is one that was turned away.</summary>
    private Result<T> Noted<T>(HttpContext http, Result<T> answer)
    {
        if (answer.Refusal is { Code: ErrorCode.Forbidden })
            turnedAway.Note(SecurityReason.Forbidden, http, http.Caller());
        return answer;
    }

    private async Task<Answer> Verify(HttpContext http, VerifyApiKey request)
    {
        var check = new InputCheck();
        if (request.Key is null)
            check.Add("key", "required", "key is required.");
        check.Scopes("scopes", request.Scopes);
        if (request.Address is { } address && !InputRules.IsAddress(address))
            check.Add("address", "address", "address must be an IP address.");
        if (request.Audience is { } audience)
            check.Audience("audience", audience);
        if (check.Failed)
            return check.Refusal;
        if (sharedKeys.Present(request.Key, request.Audience, request.Address, http.Origin()) is { } shared)
            return Shared(http, shared);
        var verdict = await apiKeys.Verify(request, http.Origin());
        if (verdict.RateLimit is { } limit)
            http.ShowLimit(limit);
        return Answer.Of(StatusCodes.Status200OK, verdict, ApiJson.Default.ApiKeyVerdict);
    }

    private static Answer Shared(HttpContext http, SharedKeyAnswer shared)
    {
        http.Response.Announce(shared.Notice);
        var verdict = shared.Accepted
            ? new SharedKeyVerdict(true, null, null, null, null, shared.Client)
            : new SharedKeyVerdict(false, ApiKeyVerdict.InvalidKey, null, null, null, null);
        return Answer.Of(StatusCodes.Status200OK, verdict, ApiJson.Default.SharedKeyVerdict);
    }
}
