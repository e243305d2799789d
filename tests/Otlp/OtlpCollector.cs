using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Tumbler.Tests.Otlp;

/// <summary>Takes what is pushed by OTLP over HTTP, and keeps it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication app;

    private OtlpCollector(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>By path: the headers and the body, which is protobuf with the texts in it as they are.</summary>
    public ConcurrentQueue<(string Path, string ContentType, string? Key, string Body)> Received { get; } = [];

    public static async Task<OtlpCollector> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector.app.Run(collector.Take);
        await collector.app.StartAsync(TestContext.Current.CancellationToken);

        // What is pushed at the end waits for five seconds and no longer: the first answer takes the longest.
        using var http = new HttpClient();
        using var answer = await http.PostAsync(collector.Address, content: null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        collector.Received.Clear();
        return collector;
    }

    /// <summary>Everything so far that was pushed there.</summary>
    public string Bodies(string path) => string.Concat(Received.Where(pushed => pushed.Path == path).Select(pushed => pushed.Body));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Received.Enqueue((http.Request.Path, http.Request.ContentType ?? "", http.Request.Headers["x-key"], Encoding.Latin1.GetString(body.ToArray())));
    }
}
