using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tumbler.Cli.Demo.Tally;
using Tumbler.Client;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>A web service with one page, guarded by the SDK as any service is, and somebody who calls it.</summary>
internal sealed class DemoService : IParty, IAsyncDisposable
{
    public const string Scope = "orders:read";
    private const string Page = "/orders";

    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private DemoService(WebApplication app) => this.app = app;

    public Party Party => Party.Service;

    public Uri Url => new(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Page);

    /// <param name="clock">By which it lives: tokens, keys and all waiting.</param>
    public static async Task<DemoService> Start(Action<TumblerOptions> guard, TimeProvider clock, CancellationToken stop)
    {
        // Empty: no setting of whoever starts the demo, no log among its lines.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddRouting().AddSingleton(clock).AddTumbler(guard);
        var app = builder.Build();
        app.UseRouting();
        app.UseTumbler();
        app.MapGet(Page, () => "All of them.").RequireScope(Scope);
        await app.StartAsync(stop);
        return new DemoService(app);
    }

    public async Task<bool?> Accepts(string token, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.SendAsync(request, stop);
            return answer.StatusCode switch { HttpStatusCode.OK => true, HttpStatusCode.Unauthorized => false, _ => null };
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
