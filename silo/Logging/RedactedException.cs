using Tumbler.Core.Privacy;

namespace Tumbler.Silo.Logging;

#pragma warning disable CA1032, CA1064 // It is made here, of another one, and thrown by nobody.

/// <summary>An exception as it may be printed.</summary>
internal sealed class RedactedException(Exception exception) : Exception(Redaction.Text(exception.Message))
{
    private readonly string text = Redaction.Text(exception.ToString());

    public override string ToString() => text;
}
