using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Keys;

internal static class RotateKeys
{
    public static Verb Verb(Frame frame)
    {
        var ring = IdArgument.InRing();
        var rotation = new RotationOptions();
        return new Verb(
            frame, "rotate", "Passes signing on to a ring's next key, as `tumbler rings rotate` does.",
            "tumbler keys rotate", "tumbler keys rotate --ring payments --mode immediate")
        {
            ring, rotation.Mode, rotation.Reason,
        }.Does((words, session, stop) => rotation.Rotate(words.GetValue(ring), words, session, stop));
    }
}
