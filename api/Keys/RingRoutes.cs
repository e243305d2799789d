using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Keys;

/// <summary>Rings and their keys, for administrators.</summary>
internal sealed class RingRoutes(IKeyRings rings)
{
    private static readonly WithdrawKey ForNoReason = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        const string all = "/api/v1/admin/rings";
        const string one = $"{all}/{{ring}}";
        const string key = $"{one}/keys/{{kid}}";

        routes.MapGet(all, Receive.Page(List));
        routes.MapGet(one, Receive.WithoutBody(Get));
        routes.MapPut(one, Receive.Json(ApiJson.Default.PutRing, Put));
        routes.MapPost($"{one}/rotate", Receive.Json(ApiJson.Default.RotateRing, whenEmpty: new RotateRing(), Rotate));
        routes.MapPost($"{one}/revoke", Receive.Json(ApiJson.Default.WithdrawKey, ForNoReason, RevokeAll));
        routes.MapGet($"{one}/keys", Receive.WithoutBody(Keys));
        routes.MapPost($"{key}/taint", Receive.Json(ApiJson.Default.WithdrawKey, ForNoReason, Taint));
        routes.MapPost($"{key}/revoke", Receive.Json(ApiJson.Default.WithdrawKey, ForNoReason, Revoke));

        // The default ring's short forms.
        routes.MapGet("/api/v1/admin/jwt-rotation/status", Receive.WithoutBody(DefaultStatus));
        routes.MapPost("/api/v1/admin/jwt-rotation/trigger", Receive.Json(ApiJson.Default.RotateRing, Trigger));
    }

    private async Task<Answer> List(HttpContext http, PageRequest page) =>
        Answer.Ok(await rings.List(page), ApiJson.Default.RingPage);

    private async Task<Answer> Get(HttpContext http) => Answer.Ok(await rings.Get(http.Ring()), ApiJson.Default.RingView);

    private async Task<Answer> Put(HttpContext http, PutRing request)
    {
        var put = await rings.Put(http.Ring(), request, http.Call());
        var view = put.Map(answer => answer.Ring);
        // RFC 9110 §9.3.4: 201 exactly when the PUT brought it into being.
        return put.TryGet(out var given, out _) && given.Created
            ? Answer.Created(view, ApiJson.Default.RingView, ring => $"/api/v1/admin/rings/{ring.Ring}")
            : Answer.Ok(view, ApiJson.Default.RingView);
    }

    private async Task<Answer> Rotate(HttpContext http, RotateRing request) =>
        Rotation(await rings.Rotate(http.Ring(), request, http.Call()));

    private async Task<Answer> RevokeAll(HttpContext http, WithdrawKey request) =>
        Rotation(await rings.RevokeAll(http.Ring(), request, http.Call()));

    private async Task<Answer> Keys(HttpContext http)
    {
        var keys = await rings.Keys(http.Ring());
        return Answer.Ok(keys.Map(all => new Page<KeyView>(all, NextCursor: null)), ApiJson.Default.KeyPage);
    }

    private async Task<Answer> Taint(HttpContext http, WithdrawKey request) =>
        Rotation(await rings.Taint(http.Ring(), http.Kid(), request, http.Call()));

    private async Task<Answer> Revoke(HttpContext http, WithdrawKey request) =>
        Rotation(await rings.Revoke(http.Ring(), http.Kid(), request, http.Call()));

    private async Task<Answer> DefaultStatus(HttpContext http) =>
        Answer.Ok((await rings.Get(RingId.Default)).Map(view => view.Status), ApiJson.Default.RingStatus);

    private async Task<Answer> Trigger(HttpContext http, RotateRing request) =>
        Rotation(await rings.Rotate(RingId.Default, request, http.Call()));

    private static Answer Rotation(Result<RotationAnswer> answer) => Answer.Ok(answer.Map(RotationView.Of), ApiJson.Default.RotationView);
}
