using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Rings;

internal static class ShowRing
{
    public static Verb Verb(Frame frame)
    {
        var ring = IdArgument.Ring();
        return new Verb(frame, "show", "Shows a ring's issuer, policy and status.", "tumbler rings show default") { ring }
            .Does((words, session, stop) => session.Show(
                session.Server.Get(RingsNoun.PathOf(words.GetValue(ring)), CliJson.Default.RingView, stop), RingFacts.Draw));
    }
}
