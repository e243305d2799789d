using System.Globalization;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Cluster;

namespace Tumbler.Cli.Cluster;

internal static class ShowCluster
{
    public static Verb Verb(Frame frame) =>
        new Verb(frame, "cluster", "Shows the processes that are this service, and how each finds itself.", "tumbler cluster", "tumbler cluster --json")
            .Does((_, session, stop) => session.Show(session.Server.Get("/api/v1/admin/cluster", CliJson.Default.ClusterView, stop), Draw));

    private static void Draw(Terminal terminal, ClusterView view)
    {
        terminal.Facts(
            ("engine", view.Engine),
            ("cluster", view.Id),
            ("reminders", view.Reminders?.ToString(CultureInfo.InvariantCulture)));
        terminal.Line();
        var table = new Table("silo", "address", "status", "version", "rings", "orgs", "behind", "clock off");
        foreach (var silo in view.Silos)
        {
            table.Row(
                silo.Here ? $"{silo.Name} *" : silo.Name, silo.Address, StatusOf(silo), silo.Report?.Version ?? "no answer",
                silo.Report?.Rings.ToString(CultureInfo.InvariantCulture), silo.Report?.Organizations.ToString(CultureInfo.InvariantCulture),
                Seconds(silo.Report?.SnapshotAgeSeconds), Seconds(silo.Report?.ClockDifferenceSeconds));
        }

        terminal.Table(table);
        terminal.Note("* has answered.");
    }

    private static Cell StatusOf(SiloView silo) => new(silo.Status, silo.Status switch
    {
        "active" => Cell.Good,
        "dead" => Cell.Bad,
        _ => Cell.Warning,
    });

    private static string? Seconds(double? seconds) => seconds is { } there ? string.Create(CultureInfo.InvariantCulture, $"{there:F1} s") : null;
}
