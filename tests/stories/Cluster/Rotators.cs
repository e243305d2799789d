using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>Administrators who rotate a ring all the while, and make and revoke API keys, so that each change can be asked for
/// again; what gets no good answer is in the ledger.</summary>
internal sealed class Rotators : IAsyncDisposable
{
    /// <summary>Each rotation signs with a key that was published by the one before; silos need 2 s to hear of it.</summary>
    private static readonly TimeSpan RotationPause = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task working;

    /// <param name="org">Whose name the ring has too.</param>
    public Rotators(AdminClient admin, string org) => working = Task.WhenAll(
        Repeat(RotationPause, step => admin.Rotate(org, "immediate", FormattableString.Invariant($"{org}-rotate-{step}"))),
        Repeat(Pause, async step =>
        {
            var made = await admin.CreateApiKey(org, [], FormattableString.Invariant($"{org}-make-{step}"));
            await admin.RevokeApiKey(org, made.Id, FormattableString.Invariant($"{org}-revoke-{step}"));
        }));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await working;
        stop.Dispose();
    }

    private async Task Repeat(TimeSpan pause, Func<int, Task> act)
    {
        for (var step = 1; !stop.IsCancellationRequested; step++)
        {
            try
            {
                await act(step);
            }
            catch (Exception e) when (e is HttpRequestException or RefusedException or TaskCanceledException)
            {
                // The ledger has it.
            }

            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
