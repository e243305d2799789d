using System.CommandLine;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Protection;

internal static class ProtectionNoun
{
    public static Command Of(Frame frame) => new("protection", "The certificates that stored private keys are encrypted for.")
    {
        ShowProtection.Of(frame),
        RewrapKeys.Of(frame),
    };
}
