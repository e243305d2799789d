namespace Tumbler.Tests.Sending;

/// <summary>Sends prepared requests in turn over a few connections and takes the times. Sent evenly, each request has an instant at which it is
/// due, and its time counts from there, also when it could not be sent then because every connection was waiting for its answer: a server that
/// stands still is seen in all requests that came meanwhile, not only in those that it had. One thread that allocates nothing for a
/// request: it takes its time from the machine that it measures.</summary>
internal sealed class Sender : IDisposable
{
    /// <summary>A server that says nothing for so long has gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimeProvider clock;
    private readonly IReadOnlyList<PreparedRequest> requests;
    private readonly Connection[] connections;
    private readonly Readable readable;
    private readonly Queue<Connection> idle;
    private long sent;

    public Sender(Uri server, int connections, IReadOnlyList<PreparedRequest> requests, TimeProvider clock)
    {
        (this.requests, this.clock) = (requests, clock);
        this.connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection(server))];
        readable = new Readable([.. this.connections.Select(connection => connection.Socket)]);
        idle = new Queue<Connection>(this.connections);
    }

    /// <summary>On every connection the next request as soon as the last one is answered: as much as server and sender do together.</summary>
    public SentWindow AsFastAsAnswered(TimeSpan time) => Run(clock.GetTimestamp(), time, every: null);

    /// <summary>At a rate, whatever the answers do. Ends when every request that was due in the time is answered.</summary>
    /// <param name="from">The <see cref="SentWindow.Next"/> of the window before, when this one follows it without a gap.</param>
    public SentWindow Evenly(double perSecond, TimeSpan time, long? from = null) =>
        Run(from ?? clock.GetTimestamp(), time, clock.TimestampFrequency / perSecond);

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    /// <param name="every">From one request's instant to the next one's; none when each is due as soon as a connection is free.</param>
    private SentWindow Run(long begin, TimeSpan time, double? every)
    {
        var end = begin + (long)(time.TotalSeconds * clock.TimestampFrequency);
        var window = new SentWindow(end);
        for (var count = 0L; ;)
        {
            var now = clock.GetTimestamp();
            var due = every is { } step ? begin + (long)(count * step) : now;
            if (due >= end && idle.Count == connections.Length)
                return window.Close(clock.GetElapsedTime(begin, Math.Max(now, end)));
            if (due < end && due <= now && idle.TryDequeue(out var free))
            {
                free.Send(requests[(int)(sent++ % requests.Count)], due);
                count++;
            }
            else if (readable.Wait(due < end && idle.Count > 0 ? clock.GetElapsedTime(now, due) : Patience) > 0)
            {
                Receive(window);
            }
            else if (clock.GetElapsedTime(now) >= Patience)
            {
                throw new TimeoutException("The server does not answer.");
            }
        }
    }

    private void Receive(SentWindow window)
    {
        for (var n = 0; n < connections.Length; n++)
        {
            var connection = connections[n];
            if (!readable[n] || !connection.Receive())
                continue;
            window.Add(clock.GetElapsedTime(connection.Due));
            if (connection.IsGood)
                connection.Request!.Answered?.Invoke(connection.Body);
            else
                window.Fail(connection.Text);
            idle.Enqueue(connection);
        }
    }
}
