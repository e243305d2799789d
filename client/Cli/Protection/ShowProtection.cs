using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Protection;
using static System.FormattableString;
using Table = Tumbler.Cli.Terminals.Table;

namespace Tumbler.Cli.Protection;

/// <summary><c>tumbler protection show</c></summary>
internal static class ShowProtection
{
    public const string Path = "/api/v1/admin/protection";

    public static Command Of(Frame frame) => new Verb(
        frame, "show", "Shows the certificates, and how many stored keys need each. Reads every ring.", "tumbler protection show")
        .Does((_, session, stop) => session.Show(session.Server.Get(Path, OperationsJson.Default.ProtectionView, stop), Draw));

    private static void Draw(Terminal terminal, ProtectionView view)
    {
        var table = new Table("subject", "role", "until", "keys", "needed by", "sha-256");
        foreach (var each in view.Certificates)
            table.Row(each.Subject, Names.SnakeCase(each.Role), each.NotAfter, each.Keys, each.NeededBy, each.Thumbprint);
        terminal.Table(table);
        if (view.UnreadableKeys > 0)
            terminal.Note(Invariant($"{view.UnreadableKeys} of {view.Keys} keys are opened by no certificate here: docs/protection.md"));
        if (view.OutdatedKeys > 0)
            terminal.Note(Invariant($"{view.OutdatedKeys} of {view.Keys} keys are not encrypted for the certificates of now: tumbler protection rewrap"));
    }
}
