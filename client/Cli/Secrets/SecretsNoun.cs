using System.CommandLine;
using Tumbler.Cli.Commands;

namespace Tumbler.Cli.Secrets;

internal static class SecretsNoun
{
    public static Command Of(Frame frame) => new("secrets", "Secrets for the server's settings.") { GenerateSecret.Of(frame) };
}
