using System.Text.Json.Nodes;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>For programs: what was proved, in the end, as one document.</summary>
internal sealed class JsonReport(TextWriter output) : IDemoReport
{
    public void Tell(DemoEvent happened)
    {
        if (happened is not DemoEvent.Ended(var proof))
            return;
        var counts = proof.Rotation.Counts;
        output.WriteLine(new JsonObject
        {
            ["proved"] = proof.Proved,
            ["claims"] = new JsonArray([.. proof.Claims.Select(claim => new JsonObject { ["held"] = claim.Held, ["claim"] = claim.Text })]),
            ["hours"] = proof.Plan.Hours,
            ["rate"] = proof.Plan.Rate,
            ["tokens_issued"] = counts.Issued,
            ["accepted"] = counts.Accepted,
            ["false_rejects"] = counts.FalseRejects,
            ["bad_refused"] = counts.Refused,
            ["false_accepts"] = counts.FalseAccepts,
            ["undecided"] = counts.Undecided,
            ["failed_requests"] = counts.Failed,
            ["switches"] = proof.Rotation.Switches.Count,
            ["audit_entries"] = proof.Audit.Entries,
        }.ToJsonString());
    }
}
