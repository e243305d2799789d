namespace Tumbler.Cli.Demo.Reports;

/// <summary>Tells people what happens: as lines, or as a drawing that changes.</summary>
internal interface IDemoReport
{
    void Tell(DemoEvent happened);
}
