using System.Collections.Concurrent;
using System.Net;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>Notes what became of every change that its administrators ask for; each has a request id of its own.</summary>
internal sealed class ChangeLedger(LocalCluster cluster) : IDisposable
{
    private readonly ConcurrentQueue<Change> changes = [];
    private readonly ConcurrentBag<HttpClient> clients = [];
    private int count;

    public IReadOnlyCollection<Change> Changes => changes;

    public DateTimeOffset Begin { get; } = TimeProvider.System.GetUtcNow();

    public IEnumerable<Change> Confirmed => changes.Where(change => change.Outcome == ChangeOutcome.Confirmed);

    public IEnumerable<Change> NotConfirmed => changes.Where(change => change.Outcome != ChangeOutcome.Confirmed);

    /// <param name="at">The gateway, or a silo.</param>
    public AdminClient Admin(Uri at)
    {
        var http = new HttpClient(new Noting(this)) { BaseAddress = at, Timeout = TimeSpan.FromSeconds(30) };
        clients.Add(http);
        return new AdminClient(http, cluster.AdminKey, cluster.Run.Secrets);
    }

    public static bool IsRotation(Change change, string ring) => change.Path == $"/api/v1/admin/rings/{ring}/rotate";

    public void Dispose()
    {
        foreach (var client in clients)
            client.Dispose();
    }

    private sealed class Noting(ChangeLedger ledger) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (request.Method == HttpMethod.Get || path.EndsWith("/verify", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);

            var id = FormattableString.Invariant($"story-{ledger.Begin.Ticks:x}-{Interlocked.Increment(ref ledger.count)}");
            request.Headers.Add("X-Request-ID", id);
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                ledger.changes.Enqueue(new Change(id, path, OutcomeOf(answer.StatusCode), $"{(int)answer.StatusCode}", KeyOf(request), Unconfirmed(answer)));
                return answer;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                ledger.changes.Enqueue(new Change(id, path, ChangeOutcome.Unknown, e.Message, KeyOf(request)));
                throw;
            }
        }

        private static string? KeyOf(HttpRequestMessage request) =>
            request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;

        private static string? Unconfirmed(HttpResponseMessage answer) =>
            answer.Headers.TryGetValues("Tumbler-Unconfirmed", out var names) ? names.Single() : null;

        private static ChangeOutcome OutcomeOf(HttpStatusCode status) => (int)status switch
        {
            < 300 => ChangeOutcome.Confirmed,
            < 500 => ChangeOutcome.Refused,
            _ => ChangeOutcome.Unknown,
        };
    }
}
