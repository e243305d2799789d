using Microsoft.AspNetCore.Http;
using Tumbler.Engine.Readiness;

namespace Tumbler.Api.Requests;

/// <summary>In a process that was frozen and goes on, requests wait until it knows again what is valid.</summary>
internal sealed class CatchUp(RequestDelegate next, IReadiness readiness)
{
    public Task InvokeAsync(HttpContext http)
    {
        var caughtUp = readiness.CatchUp();
        return caughtUp.IsCompletedSuccessfully ? next(http) : Wait(http, caughtUp);
    }

    private async Task Wait(HttpContext http, ValueTask caughtUp)
    {
        await caughtUp;
        await next(http);
    }
}
