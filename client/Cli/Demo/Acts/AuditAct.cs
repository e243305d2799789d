using Tumbler.Cli.Demo.Cast;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Acts;

/// <summary>Has the server recompute its log, and counts what must be in it.</summary>
internal static class AuditAct
{
    public static async Task<AuditCheck> Play(AdminApi admin, CancellationToken stop)
    {
        var verdict = await admin.VerifyLog(stop);
        return new AuditCheck(
            verdict.GetProperty("valid").GetBoolean(),
            verdict.GetProperty("chains").GetInt32(),
            verdict.GetProperty("entries").GetInt64(),
            verdict.GetProperty("checkpoints").GetInt64(),
            await admin.CountKeyEntries("ROTATE", stop),
            await admin.CountKeyEntries("REVOKE", stop));
    }
}
