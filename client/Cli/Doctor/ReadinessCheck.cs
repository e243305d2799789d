namespace Tumbler.Cli.Doctor;

/// <summary>What the server says about itself.</summary>
internal static class ReadinessCheck
{
    public static IEnumerable<Finding> Of(Facts facts)
    {
        if (facts.Readiness is not { } readiness || readiness.Status == "ready")
            return [];
        var failing = readiness.Checks?.Where(check => !check.Ok).ToArray() ?? [];
        return failing.Length > 0
            ? failing.Select(Explain)
            :
            [
                Finding.Failure(
                    "not-ready", $"/health/ready says {readiness.Status}, and nothing about why.",
                    "Gateways that ask for it send no requests there.",
                    "Only those who may read metrics see the checks: ask from an address of Telemetry:AllowedAddresses, or look at the server's log."),
            ];
    }

    private static Finding Explain(ReadinessFacts.Check check) => check.Name switch
    {
        "store" => Finding.Failure(
            "store-away", Problem(check), "Keys and tokens are served from memory; no change is made, and no key is prepared, until the store is back.",
            "Start PostgreSQL again, or free space on its disk (with the journal, on the data directory's): the server's log names the fault."),
        "signing" => Finding.Failure(
            "no-signing-key", Problem(check), "No token is issued.",
            "`tumbler protection show`: are there keys that no certificate opens? Then give the certificate back, or: `tumbler rings rotate default --mode immediate`"),
        "rotation" => Finding.Failure(
            "rotation-failing", Problem(check), "The present key goes on signing as long as its tokens fit in; then a key signs that verifiers don't know yet.",
            "`tumbler rings show default` names the last failure; the server's log has the rest."),
        "snapshots" => Finding.Failure(
            "news-late", Problem(check), "It goes on accepting what others have revoked.",
            "Look whether its way to PostgreSQL is cut off or overloaded: `tumbler cluster`"),
        "clock" => Finding.Failure(
            "clock-off", Problem(check), "It issues no tokens and changes no keys until its clock is right.", "timedatectl set-ntp true, on its machine and on the database's"),
        _ => Finding.Failure("not-ready", $"Its check of {check.Name} fails: {Problem(check)}", "Gateways that ask for it send no requests there.", "The server's log has the rest."),
    };

    private static string Problem(ReadinessFacts.Check check) => check.Reason ?? "The server gives no reason.";
}
