using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.App.Cli;

/// <summary>
/// Writes all votes and the features of the pictures as files that can be evaluated elsewhere. People get pseudonyms: their
/// ids hashed with a random key that is thrown away, so that a person cannot be identified or matched between two exports.
/// </summary>
public sealed class VotesExport(IBallotStore ballots, IPictureStore pictures, CurrentCommunity community)
{
    private const int PicturesPerQuery = 500;

    private static readonly CsvWriterOptions Options = new() { NewLine = "\n" };

    /// <summary>Writes both files, over what was there.</summary>
    /// <param name="votesPath">person, left, right, choice, time. The time is the day: too coarse to match a message.</param>
    /// <param name="picturesPath">picture and its features, named after the axes and measures.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public async Task<ExportedVotes> WriteAsync(string votesPath, string picturesPath, CancellationToken cancellationToken)
    {
        var people = await PeopleAsync(cancellationToken);
        var space = community.Now.Space.WithoutFactors;
        var features = await FeaturesAsync(space, people.SelectMany(person => person.Pairs), cancellationToken);

        await using (var csv = CsvWriter.ToFile(picturesPath, Options))
        {
            await WritePicturesAsync(csv, space, features, cancellationToken);
        }

        await using (var csv = CsvWriter.ToFile(votesPath, Options))
        {
            return await WriteVotesAsync(csv, people, features, cancellationToken);
        }
    }

    /// <summary>In order of pseudonym: the order of ids would show who joined Discord before whom.</summary>
    private async Task<List<(string Name, IReadOnlyList<Pair> Pairs)>> PeopleAsync(CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
        var people = new List<(string Name, IReadOnlyList<Pair> Pairs)>();
        await foreach (var person in ballots.AllAsync(cancellationToken))
        {
            if (person.Answered.Where(pair => !pair.IsWithdrawn).ToArray() is { Length: > 0 } answered)
            {
                people.Add((Pseudonym(key, person.Profile), answered));
            }
        }

        people.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        CryptographicOperations.ZeroMemory(key);
        return people;
    }

    private static string Pseudonym(byte[] key, ProfileId person)
    {
        // Half of the hash: among a million people, two share it with a probability of about 10^-27.
        const int Length = 16;

        var id = Encoding.ASCII.GetBytes(person.Value.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, id).AsSpan(0, Length));
    }

    /// <summary>By id, all ranking pictures and other pictures that were voted on, except those without features.</summary>
    private async Task<SortedDictionary<long, PictureFeatures>> FeaturesAsync(FeatureSpace space, IEnumerable<Pair> pairs, CancellationToken cancellationToken)
    {
        var features = new SortedDictionary<long, PictureFeatures>();
        void Add(IEnumerable<Picture> some)
        {
            foreach (var picture in some)
            {
                if (space.FeaturesOf(picture) is { } seen)
                {
                    features[picture.Id.Value] = seen;
                }
            }
        }

        Add(await pictures.RankingPicturesAsync(cancellationToken));
        var others = pairs.SelectMany(pair => (PictureId[])[pair.Left, pair.Right]).Where(id => !features.ContainsKey(id.Value)).Distinct().ToArray();
        foreach (var some in others.Chunk(PicturesPerQuery))
        {
            Add(await pictures.FindAsync(some, cancellationToken));
        }

        return features;
    }

    private static async Task WritePicturesAsync(CsvWriter csv, FeatureSpace space, SortedDictionary<long, PictureFeatures> features, CancellationToken cancellationToken)
    {
        csv.WriteField("picture");
        foreach (var name in NamesOf(space))
        {
            csv.WriteField(name);
        }

        await csv.EndRecordAsync(cancellationToken);
        foreach (var (picture, seen) in features)
        {
            csv.WriteField(picture, "");
            for (var feature = 0; feature < seen.Dimension; feature++)
            {
                csv.WriteField(seen.Values[feature], "");
            }

            await csv.EndRecordAsync(cancellationToken);
        }
    }

    /// <summary>The axes' ids, then the measures' (the features are their part beyond style), then the embedding's components.</summary>
    private static IEnumerable<string> NamesOf(FeatureSpace space)
    {
        var measures = space.Map?.Measures ?? [];
        return
        [
            .. space.Axes.Select(axis => axis.Id),
            .. measures.Select(measure => $"measured_{measure.Id}"),
            .. Enumerable.Range(1, (space.Map?.Measured ?? 0) - measures.Count).Select(component => $"embedding_{component}"),
        ];
    }

    private static async Task<ExportedVotes> WriteVotesAsync(
        CsvWriter csv,
        List<(string Name, IReadOnlyList<Pair> Pairs)> people,
        SortedDictionary<long, PictureFeatures> features,
        CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "person", "left", "right", "choice", "time" })
        {
            csv.WriteField(name);
        }

        await csv.EndRecordAsync(cancellationToken);
        var (votes, leftOut) = (0, 0);
        foreach (var (name, pair) in people.SelectMany(person => person.Pairs.Select(pair => (person.Name, pair))))
        {
            if (!features.ContainsKey(pair.Left.Value) || !features.ContainsKey(pair.Right.Value) || pair.Left == pair.Right)
            {
                leftOut++;
                continue;
            }

            votes++;
            csv.WriteField(name);
            csv.WriteField(pair.Left.Value, "");
            csv.WriteField(pair.Right.Value, "");
            csv.WriteField(WordOf(pair.Choice!.Value));
            csv.WriteField(pair.AnsweredAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await csv.EndRecordAsync(cancellationToken);
        }

        return new(people.Count, features.Count, votes, leftOut);
    }

    private static string WordOf(Choice choice) => choice switch
    {
        Choice.Left => "left",
        Choice.Right => "right",
        _ => "skip",
    };
}
