namespace Tumbler.Cli.Doctor;

/// <summary>Whether rings rotate, and whether the process is for others to use.</summary>
internal static class RingsCheck
{
    public static IEnumerable<Finding> Of(Facts facts)
    {
        foreach (var ring in facts.Rings)
        {
            if (ring.Status.LastFailure is { } failure)
            {
                yield return Finding.Failure(
                    "rotation-failing", $"Ring {ring.Ring}: the last attempt to prepare a key failed: {failure}.",
                    "The present key goes on signing as long as its tokens fit in; then a key signs that verifiers don't know yet.",
                    "Mend what it names; the next attempt comes within a minute. The server's log has the rest.");
            }

            if (ring.Status.SigningKid is null)
            {
                yield return Finding.Failure(
                    "no-signing-key", $"Ring {ring.Ring}: no key signs.", "It issues no token.", $"`tumbler rings rotate {ring.Ring} --mode immediate`");
            }
        }

        if (facts.Environment == "development" && !facts.Server.IsLoopback)
        {
            yield return Finding.Failure(
                "development", "The server is one for development, and can be reached from elsewhere.",
                "Its secrets are self-made and unprotected, and it puts up with what production refuses.",
                "Start it without DOTNET_ENVIRONMENT=Development; `tumbler doctor --inside` names every setting that production misses.");
        }
    }
}
