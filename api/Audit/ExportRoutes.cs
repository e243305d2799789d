using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Audit;

internal sealed class ExportRoutes(IAuditExports exports)
{
    private const string All = "/api/v1/admin/audit-logs/exports";

    private static readonly ExportAuditLog Plain = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/admin/audit-logs/export", Receive.Json(ApiJson.Default.ExportAuditLog, Plain, StartAll));
        routes.MapPost("/api/v1/admin/audit-logs/{org}/export", Receive.Json(ApiJson.Default.ExportAuditLog, Plain, StartOne));
        routes.MapGet(All, Receive.Page(List));
        routes.MapGet($"{All}/{{id}}", Receive.WithoutBody(Get));
        routes.MapGet($"{All}/{{id}}/files/{{file}}", Receive.WithoutBody(Download));
    }

    private async Task<Answer> StartAll(HttpContext http, ExportAuditLog request) =>
        Accepted(await exports.Start(null, request, http.Call()));

    private async Task<Answer> StartOne(HttpContext http, ExportAuditLog request) =>
        Accepted(await exports.Start(http.Org(), request, http.Call()));

    private async Task<Answer> List(HttpContext http, PageRequest page) =>
        Answer.Ok(await exports.List(page), ApiJson.Default.AuditExportPage);

    private async Task<Answer> Get(HttpContext http) => Answer.Ok(await exports.Get(http.Id()), ApiJson.Default.AuditExport);

    private async Task<Answer> Download(HttpContext http) =>
        Answer.File(await exports.Open(http.Id(), (string)http.Request.RouteValues["file"]!));

    private static Answer Accepted(Contracts.Calls.Result<AuditExport> started) =>
        Answer.Accepted(started, ApiJson.Default.AuditExport, export => $"{All}/{export.Id}");
}
