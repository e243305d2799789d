namespace Tumbler.Engine.Audit;

/// <summary>An export that is being written. Disposed before it is complete it leaves nothing.</summary>
public interface IExportDraft : IDisposable
{
    /// <summary>The caller closes one before it makes the next.</summary>
    /// <exception cref="IOException"/>
    Stream Create(string file);

    /// <summary>Whether there is such a file already.</summary>
    bool Has(string file);

    /// <summary>When this returns, the folder is there with all its files, also after a loss of power; before, it is not.</summary>
    /// <exception cref="IOException"/>
    void Complete();
}
