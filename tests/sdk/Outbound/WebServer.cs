using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Tests.Outbound;

/// <summary>Kestrel on a port of its own, which answers as the test says and remembers what it was asked.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> requests = [];
    private readonly WebApplication app;

    private WebServer(WebApplication app) => this.app = app;

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public Uri Url => new(app.Urls.Single());

    public IReadOnlyList<Received> Requests => [.. requests];

    public static async Task<WebServer> Start(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new WebServer(builder.Build());
        if (answer is not null)
            server.Answer = answer;
        server.app.Run(server.Handle);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Handle(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        requests.Enqueue(new Received(http.Request.Method, http.Request.Path, http.Request.Headers.Authorization, body));
        await Answer(http);
    }
}
