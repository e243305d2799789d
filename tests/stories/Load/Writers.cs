using Tumbler.Stories.Tests.Clients;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Load;

/// <summary>Administrators who all write at once, until the silo is gone.</summary>
internal sealed class Writers : IAsyncDisposable
{
    public const string Ring = "busy";
    private const int Clerks = 4;

    private readonly Task writing;

    /// <param name="round">Names what is made, so that nothing is made twice.</param>
    public Writers(SiloProcess silo, Ledger ledger, int round)
    {
        var admin = silo.Admin;
        writing = Task.WhenAll(
        [
            .. Enumerable.Range(1, Clerks).Select(clerk => UntilGone(step => Clerk(admin, ledger, FormattableString.Invariant($"o{round}_{clerk}_{step}")))),
            UntilGone(step => Rotator(admin, ledger, step)),
        ]);
    }

    /// <summary>Waits until every writer has noticed that the silo is gone; fails when one was refused before.</summary>
    public async ValueTask DisposeAsync() => await writing;

    private static async Task Clerk(AdminClient admin, Ledger ledger, string org)
    {
        await admin.CreateOrganization(org);
        ledger.Created(org);
        NewApiKey[] keys = [await admin.CreateApiKey(org), await admin.CreateApiKey(org)];
        foreach (var key in keys)
            ledger.Created(key);

        ledger.Revoking(keys[0]);
        await admin.RevokeApiKey(org, keys[0].Id);
        ledger.Revoked(keys[0]);
    }

    private static async Task Rotator(AdminClient admin, Ledger ledger, int step)
    {
        var rotated = await admin.Rotate(Ring, step % 4 == 0 ? "graceful" : "immediate");
        if (step % 4 != 0)
            ledger.Rotated();
        var keys = await admin.Keys(Ring);
        ledger.SawSigningKey(rotated.SigningKid, keys.Single(key => key.Kid == rotated.SigningKid).RotationCount);
        // Rotations are rare beside everything else, and a ring that holds a thousand keys is another story.
        await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task UntilGone(Func<int, Task> act)
    {
        try
        {
            for (var step = 1; ; step++)
                await act(step);
        }
        catch (HttpRequestException)
        {
            // Killed, in the middle of a request or before it.
        }
    }
}
