using Tumbler.Cli.Commands;
using Tumbler.Cli.Keys;

namespace Tumbler.Cli.Rings;

internal static class RotateRings
{
    public static Verb Verb(Frame frame)
    {
        var ring = IdArgument.Ring();
        var rotation = new RotationOptions();
        return new Verb(
            frame, "rotate", "Passes signing on to the next key: as soon as every verifier knows it, or now.",
            "tumbler rings rotate default", "tumbler rings rotate default --mode immediate --reason \"drill of May\"")
        {
            ring, rotation.Mode, rotation.Reason,
        }.Does((words, session, stop) => rotation.Rotate(words.GetValue(ring), words, session, stop));
    }
}
