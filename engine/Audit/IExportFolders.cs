namespace Tumbler.Engine.Audit;

/// <summary>Where the files of exports lie, outside the store.</summary>
public interface IExportFolders
{
    /// <summary>A folder that nobody sees until it is complete. What an earlier attempt left behind is gone.</summary>
    /// <exception cref="IOException"/>
    IExportDraft Begin(DateTimeOffset requestedAt, Guid id);

    /// <summary>Removes what a worker that died left behind.</summary>
    /// <exception cref="IOException"/>
    void Discard(Guid id);

    /// <summary>Null when it is not there (any more).</summary>
    /// <param name="file">One of <see cref="Core.Audit.ExportFile.All"/>.</param>
    /// <exception cref="IOException"/>
    Stream? Open(DateTimeOffset requestedAt, Guid id, string file);
}
