using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Retention;

/// <summary>
/// Deletes what is no longer needed: made pictures that were neither liked nor ranked, are no favourite of a code and were not
/// used for long, or that are the least recently used while all take too much room; files that no picture names; and rows of jobs whose
/// pictures are gone. A picture's row remains, for votes that were choices over it.
/// </summary>
public sealed class RetentionSweep
{
    // A crash leaves the files of as many pictures as expire at a time. More, and more than a tenth of what was made, are pictures
    // of another database, which was lost or is elsewhere: its likes are not known, so nothing is deleted then.
    private const int AtATime = 20;
    private const int MadeOfUnnamed = 10;
    private const double BytesOfGigabyte = 1e9;

    // A snowflake's upper bits are milliseconds since 2015, https://discord.com/developers/docs/reference#snowflakes.
    private const long Discord = 1_420_070_400_000;
    private const int SnowflakeBits = 22;

    // A file has its name before its row is written, and is read for a while after that.
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    // Its message is still being read, whatever room there is.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private readonly RetainedRows _rows;
    private readonly PictureFiles _files;
    private readonly RetentionOptions _options;
    private readonly TimeProvider _time;

    internal RetentionSweep(Database database, PictureFiles files, IOptions<RetentionOptions> options, TimeProvider time) =>
        (_rows, _files, _options, _time) = (new(database), files, options.Value, time);

    /// <summary>What the last sweep found and did; null before the first.</summary>
    public RetentionReport? Last { get; private set; }

    /// <summary>Can be cut at any point: the next one goes on. One at a time.</summary>
    public async Task<RetentionReport> RunAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var pictures = _files.List(now - Young, cancellationToken);
        var old = pictures.Where(picture => picture.UsedAt < now - Young).ToList();
        var named = await _rows.WithFilesAsync(old.Select(picture => picture.Key), cancellationToken);
        var unnamed = old.FindAll(picture => !named.Contains(picture.Key));
        var (bytes, maxBytes) = (pictures.Sum(picture => picture.Bytes), _options.MaxGigabytes > 0 ? (long?)(_options.MaxGigabytes * BytesOfGigabyte) : null);
        var made = old.Where(picture => named[picture.Key].Any() && named[picture.Key].All(row => row.Kind is PictureKind.Made or PictureKind.Private)).ToList();
        if (unnamed.Count > AtATime && unnamed.Count > made.Count / MadeOfUnnamed)
        {
            return Last = new(pictures.Count, bytes, maxBytes, Expired: 0, Leftovers: 0, unnamed.Count, Freed: 0, Rows: 0);
        }

        var leftovers = unnamed.Where(_files.TryDelete).ToList();
        var tooMany = bytes - leftovers.Sum(picture => picture.Bytes) - maxBytes ?? 0;
        var expired = await ExpireAsync([.. made.OrderBy(picture => picture.UsedAt)], named, tooMany, now, cancellationToken);
        var rows = _options.JobDays == 0 ? 0
            : await _rows.DeleteJobsAsync(IdAt(now - TimeSpan.FromDays(_options.JobDays)), cancellationToken)
            + await _rows.DeleteDraftsAsync(IdAt(now - TimeSpan.FromDays(_options.JobDays)), cancellationToken);
        var freed = leftovers.Concat(expired).Sum(picture => picture.Bytes);
        return Last = new(pictures.Count - leftovers.Count - expired.Count, bytes - freed, maxBytes, expired.Count, leftovers.Count, Strange: 0, freed, rows);
    }

    /// <summary>Expires what nothing needs: what is too old, and as much more as there are bytes too many.</summary>
    /// <param name="made">The least recently used first.</param>
    /// <param name="named">The pictures with each file.</param>
    private async Task<List<StoredPicture>> ExpireAsync(
        IEnumerable<StoredPicture> made,
        ILookup<string, (long Id, PictureKind Kind)> named,
        long tooMany,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var expired = new List<StoredPicture>();
        var tooOld = _options.PictureDays == 0 ? DateTimeOffset.MinValue : now - TimeSpan.FromDays(_options.PictureDays);
        var candidates = made.Where(picture => picture.UsedAt < tooOld || (tooMany > 0 && picture.UsedAt < now - Recent)).ToList();
        if (candidates.Count == 0)
        {
            return expired;
        }

        var needed = await _rows.NeededAsync(tooOld, cancellationToken);
        var expirable = candidates
            .Select(picture => (File: picture, Pictures: (IReadOnlyList<long>)[.. named[picture.Key].Select(row => row.Id)]))
            .Where(one => !one.Pictures.Any(needed.Ids.Contains));
        foreach (var some in expirable.Chunk(AtATime))
        {
            // The least recently used come first: what is not due has nothing behind it that is.
            var due = some.TakeWhile(one =>
            {
                var isDue = one.File.UsedAt < tooOld || tooMany > 0;
                tooMany -= one.File.Bytes;
                return isDue;
            }).Where(one => !_files.IsUsedSince(one.File)).ToList();
            if (due.Count == 0)
            {
                break;
            }

            var gone = await _rows.ExpireAsync(due, needed, cancellationToken);
            expired.AddRange(gone.Where(_files.TryDelete));
        }

        return expired;
    }

    private static ulong IdAt(DateTimeOffset time) => (ulong)Math.Max(0, time.ToUnixTimeMilliseconds() - Discord) << SnowflakeBits;
}
