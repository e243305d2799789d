using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Tumbler.Stories.Tests.Clients;
using Tumbler.Tests.Sending;

namespace Tumbler.Stories.Tests.Steady;

/// <summary>Clients that get tokens, fetch the JWKS and have API keys verified, evenly, at a share of what the silo can do; on a thread of their
/// own. One token every now and then is taken aside, with the copy of the JWKS that a verifier would hold it against.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Connections = 16;
    private const double Share = 0.3;
    private const int SamplesInWindow = 20;

    private readonly Channel<SentWindow> windows = Channel.CreateUnbounded<SentWindow>();
    private readonly Channel<SampledToken> samples =
        Channel.CreateBounded<SampledToken>(new BoundedChannelOptions(SamplesInWindow) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly SteadyPlan plan;
    private readonly Task running;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan copied, sampled;
    private string? jwks;
    private volatile bool stopped;

    public SteadyLoad(SteadyPlan plan, Uri silo, NewApiKey client)
    {
        this.plan = plan;
        PreparedRequest[] requests =
        [
            PreparedRequest.Token(silo, client.Id, client.Key, Sample), PreparedRequest.Jwks(silo, Copy), PreparedRequest.Verification(silo, client.Key),
        ];
        running = Task.Factory.StartNew(() => Run(silo, requests), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>As they end. Fails when the load does.</summary>
    public ChannelReader<SentWindow> Windows => windows.Reader;

    /// <summary>As many as their reader has the time for.</summary>
    public ChannelReader<SampledToken> Samples => samples.Reader;

    /// <summary>Requests a second, once the first window is there.</summary>
    public double Rate { get; private set; }

    public async ValueTask DisposeAsync()
    {
        stopped = true;
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private void Run(Uri silo, PreparedRequest[] requests)
    {
        try
        {
            using var sender = new Sender(silo, Connections, requests, TimeProvider.System);
            var most = sender.AsFastAsAnswered(plan.Window);
            if (most.Failed > 0)
                throw new InvalidOperationException(most.Failure);
            Rate = Share * most.PerSecond;
            for (var (n, from) = (0, default(long?)); n < plan.Windows && !stopped; n++)
            {
                var window = sender.Evenly(Rate, plan.Window, from);
                windows.Writer.TryWrite(window);
                from = window.Next;
            }

            windows.Writer.Complete();
        }
        catch (Exception e)
        {
            windows.Writer.Complete(e);
            throw;
        }
        finally
        {
            samples.Writer.Complete();
        }
    }

    /// <summary>A verifier keeps its copy for half of the time that a key is published before it signs.</summary>
    private void Copy(ReadOnlySpan<byte> body)
    {
        if (jwks is not null && watch.Elapsed - copied < plan.RealInterval / 2)
            return;
        (jwks, copied) = (Encoding.UTF8.GetString(body), watch.Elapsed);
    }

    private void Sample(ReadOnlySpan<byte> body)
    {
        if (jwks is null || watch.Elapsed - sampled < plan.Window / SamplesInWindow)
            return;
        samples.Writer.TryWrite(new SampledToken(jwks, Encoding.UTF8.GetString(body)));
        sampled = watch.Elapsed;
    }
}
