using System.CommandLine;
using System.Text.Json;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.ServerPrograms;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Doctor;

/// <summary><c>tumbler doctor</c>: looks at a set-up from outside, as clients see it, and from inside, as its settings are.</summary>
internal static class DoctorVerb
{
    public static Command Of(Frame frame)
    {
        var inside = new Option<bool>("--inside")
        {
            Description = "Looks at settings too: those of this folder's appsettings.json, of the environment, and that follow, as the server takes them.",
        };
        var verb = new Verb(
            frame, "doctor", "Looks at a set-up and explains what is wrong with it. Without a credential it sees what clients see. Ends with 0, 4 for warnings, 1 for failures.",
            "tumbler doctor",
            "tumbler doctor --server https://tokens.example",
            "tumbler doctor --inside --environment Production --Storage:Kind postgres")
        {
            inside,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        return verb.Does((words, session, stop) => !words.GetValue(inside) && words.UnmatchedTokens.Count > 0
            ? Task.FromResult(session.Terminal.Fail(new Failure(
                ExitCode.Usage, "There are words that are no options of doctor.", "Settings go with --inside. Try: tumbler doctor --help")))
            : Look(session, words.GetValue(frame.Options.Server), words.GetValue(inside) ? words.UnmatchedTokens : null, stop));
    }

    /// <param name="settings">Null when only what is seen from outside is wanted.</param>
    private static async Task<int> Look(Session session, string? server, IReadOnlyList<string>? settings, CancellationToken stop)
    {
        var examined = new List<Examined>();
        if (settings is not null)
        {
            if (!(await ServerRun.Ask(session.Call, ["check", .. settings], stop)).TryGet(out var word, out var missing))
                return session.Terminal.Fail(missing);
            examined.Add(SettingsCheck.Of(word));
        }

        if (!AddressOf(session, server).TryGet(out var address, out var failure))
            return session.Terminal.Fail(failure);
        if (address.Known is { } known)
            examined.AddRange(Examination.Of(await Outside(session, known, stop)));
        else if (settings is null)
            return session.Server.Connection.TryGet(out _, out failure) ? ExitCode.Defect : session.Terminal.Fail(failure);
        return Print(session, Report.Of(address.Known?.GetLeftPart(UriPartial.Authority), examined), examined);
    }

    /// <summary>As elsewhere, but without a credential and over plain HTTP it looks too: what it finds is what it is for.</summary>
    private static Outcome<Maybe<Uri>> AddressOf(Session session, string? option)
    {
        if (!LoginFile.Of(session.Call).Read().TryGet(out var login, out var failure))
            return failure;
        if ((option ?? session.Call.Variable(Connecting.UrlVariable) ?? login.Known?.Server) is not { } text)
            return Maybe<Uri>.None;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? new Maybe<Uri>(address)
            : new Failure(ExitCode.Usage, $"'{text}' is no address of a server.", "It is written https://tokens.example or http://127.0.0.1:8080.");
    }

    private static async Task<Facts> Outside(Session session, Uri address, CancellationToken stop)
    {
        using var anybody = new PublicLook(address, session.Call.Clock);
        var facts = await anybody.Look(stop);
        if (facts.Unreachable is not null)
            return facts;
        if (!session.Server.Connection.TryGet(out var connection, out var failure))
        {
            return facts with { Credential = new CredentialFacts(false, Problem: failure.Code == ExitCode.NotAllowed ? null : failure.Message) };
        }

        if (facts.Certificate?.IsGood(facts.Now) == false)
            return facts with { Credential = new CredentialFacts(true, Problem: "The credential was not sent to whoever shows such a certificate.") };
        using var administrator = new AdminLook(connection);
        return await administrator.Look(facts, stop);
    }

    private static int Print(Session session, Report report, IReadOnlyList<Examined> examined)
    {
        if (session.Terminal.IsJson)
            session.Terminal.Json(JsonSerializer.SerializeToUtf8Bytes(report, OperationsJson.Default.Report));
        else
            ReportText.Print(session.Terminal, report, examined);
        return report.Result switch { Examined.Ok => ExitCode.Done, "warning" => ExitCode.Warned, _ => ExitCode.No };
    }
}
