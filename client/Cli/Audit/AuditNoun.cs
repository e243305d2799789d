using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.ServerPrograms;

namespace Tumbler.Cli.Audit;

internal static class AuditNoun
{
    public static Command Of(Frame frame) => new("audit", "The audit log: what was done, by whom, and the proof of it.")
    {
        QueryLog.Of(frame),
        WatchLog.Of(frame),
        ExportLog.Of(frame),
        VerifyLog.Of(frame),
        ServerVerbs.Prune(frame),
    };
}
