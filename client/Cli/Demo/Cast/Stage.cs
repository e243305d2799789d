using Tumbler.Cli.Calls;
using Tumbler.Cli.Demo.Clock;
using Tumbler.Client;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>A server that runs at some pace, and beside it, by its time, a verifier and a service.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Audience = "https://orders.example";
    public const string OtherAudience = "https://invoices.example";

    /// <summary>As long as Microsoft.IdentityModel, the slowest of the mainstream verifiers.</summary>
    private static readonly TimeSpan KeptKeys = TimeSpan.FromHours(12.6);

    /// <summary>Half of what the SDK puts up with.</summary>
    private static readonly TimeSpan MostError = TimeSpan.FromSeconds(15);

    private static readonly Failure OtherRate = new(
        ExitCode.Defect, "The server's clock does not run at the rate that the demo asked for.", "Is the server program of the same version?");

    private static readonly Failure Busy = new(
        ExitCode.TryLater, "This machine is too busy to tell what the server's fast clock shows.", "Try again later, or with a lower --rate.");

    private readonly DemoServer server;

    private Stage(DemoServer server, FollowedClock clock, DemoService service, DemoVerifier verifier) =>
        (this.server, Clock, Service, Verifier) = (server, clock, service, verifier);

    public HttpClient Http => server.Http;

    public FollowedClock Clock { get; }

    public DemoService Service { get; }

    public DemoVerifier Verifier { get; }

    public IReadOnlyList<IParty> Parties => [Verifier, Service];

    /// <param name="killList">Whether revocations are followed. Their promise is in seconds: on a fast clock that would be a thousandth of
    /// one, which no network keeps, so they belong to the usual clock.</param>
    public static async Task<Outcome<Stage>> Open(DemoHome home, double rate, bool killList, TimeProvider clock, CancellationToken stop)
    {
        if (!(await DemoServer.Start(home, rate, clock, stop)).TryGet(out var server, out var failure))
            return failure;

        DemoService? service = null;
        try
        {
            var time = await ServerClock.Follow(server.Http, rate, clock, stop);
            if (time is null || time.Error > MostError)
            {
                await server.DisposeAsync();
                return time is null ? OtherRate : Busy;
            }

            void Guard(TumblerOptions options)
            {
                options.Issuer = home.Issuer;
                options.Audience.Add(Audience);
                options.KillList = killList;
            }

            service = await DemoService.Start(Guard, time, stop);
            var options = new TumblerOptions { KeysRefresh = KeptKeys };
            Guard(options);
            var verifier = new DemoVerifier(options, time);
            await verifier.Start(stop);
            return new Stage(server, time, service, verifier);
        }
        catch
        {
            await server.DisposeAsync();
            if (service is not null)
                await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server is killed first: whoever interrupts the demo wants it gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await Verifier.DisposeAsync();
        await Service.DisposeAsync();
    }
}
