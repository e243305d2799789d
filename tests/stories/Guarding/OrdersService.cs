using System.Diagnostics;
using System.Net;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Guarding;

/// <summary>The sample service, guarded by the SDK: the built program in a process of its own.</summary>
internal sealed class OrdersService : IAsyncDisposable
{
    public const string Audience = "https://orders.example";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LoggedProcess process;

    private OrdersService(LoggedProcess process, Uri url)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Sends no credentials of its own.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it asks for credentials.</summary>
    /// <param name="clock">The anchor file of the silo by whose clock it lives; null for the system's.</param>
    public static async Task<OrdersService> Start(StoryRun run, Uri url, string issuer, string? clock = null, params string[] settings)
    {
        var program = Path.Combine(run.Root, "client", "samples", "Orders", "bin", "Release", "net10.0", "Orders.dll");
        string[] usual = ["--urls", url.GetLeftPart(UriPartial.Authority), "--Tumbler:Issuer", issuer, "--Tumbler:Audience", Audience];
        var start = new ProcessStartInfo("dotnet", [program, .. usual, .. settings]) { WorkingDirectory = Path.GetDirectoryName(program) };
        if (clock is not null)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(OrdersService).Assembly.Location;
            start.Environment[StartupHook.Anchor] = clock;
        }

        var service = new OrdersService(LoggedProcess.Start(start, run.NewLog("orders")), url);
        try
        {
            await Until.True("the service asks for credentials", Patience, async () => await service.Answers() == HttpStatusCode.Unauthorized);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }

        return service;
    }

    /// <summary>What <c>GET /orders</c> is answered with.</summary>
    public async Task<HttpStatusCode> Get(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>What <c>POST /orders</c> is answered with.</summary>
    public async Task<HttpStatusCode> Post(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonBody() };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.End(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Kill();
        process.Dispose();
    }

    private static System.Net.Http.Json.JsonContent JsonBody() => System.Net.Http.Json.JsonContent.Create(new { item = "a pen", count = 1 });

    private async Task<HttpStatusCode?> Answers()
    {
        if (process.HasExited)
            Assert.Fail($"The service ended before it asked for credentials:\n{process.Output}{process.Errors}");
        try
        {
            using var answer = await Http.GetAsync(new Uri("/orders", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
