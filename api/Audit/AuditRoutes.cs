using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tumbler.Api.Json;
using Tumbler.Api.Requests;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;

namespace Tumbler.Api.Audit;

internal sealed class AuditRoutes(IAuditLog log)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/admin/audit-logs", Receive.WithoutBody(Query, AuditFilters.Parameters));
        routes.MapGet("/api/v1/admin/audit-logs/{org}", Receive.WithoutBody(Query, AuditFilters.Parameters));
        routes.MapPost("/api/v1/admin/audit-logs/verify", Receive.WithoutBody(Verify));
    }

    private async Task<Answer> Query(HttpContext http)
    {
        var check = new InputCheck();
        var query = AuditFilters.Read(check, http.Request);
        return check.Failed ? check.Refusal : Answer.Ok(await log.Query(query), ApiJson.Default.AuditPage);
    }

    private async Task<Answer> Verify(HttpContext http) => Answer.Ok(await log.Verify(), ApiJson.Default.AuditVerdict);
}
