using Personalization.Lab.Evaluation;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;
using Personalization.Votes;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Choices made from ratings of single pictures.</summary>
public sealed class RatingTests
{
    private const string Pictures = "picture,bright\na,1\nb,2\nc,3\nd,5\n";
    private readonly SyntheticVoters _voters = SyntheticVoters.Draw(people: 12, pictures: 60, votes: 0, features: 4);

    [Theory]
    [InlineData("ann,a,3\n", "ratings.csv, line 1: there is no column \"person\" among ann, a, 3. The header is person,picture,rating, in any order.")]
    [InlineData("person,picture,score\nann,a,3\n", "ratings.csv, line 1: there is no column \"rating\" among person, picture, score.")]
    [InlineData("person,picture,rating\nann,a,3\n,b,4\n", "ratings.csv, line 3: the person has no name.")]
    [InlineData("person,picture,rating\nann,zebra,3\n", "ratings.csv, line 2: the picture \"zebra\" has no features. Add it to the pictures, or take the row out.")]
    [InlineData("person,picture,rating\nann,a,good\n", "ratings.csv, line 2: the rating \"good\" is not a number from -1e100 to 1e100. Write it as 4 or 3.5, or take the row out.")]
    [InlineData("person,picture,rating\nann,a,NaN\n", "ratings.csv, line 2: the rating \"NaN\" is not a number")]
    [InlineData("person,picture,rating\nann,a,1e101\n", "ratings.csv, line 2: the rating \"1e101\" is not a number")]
    [InlineData("person,picture,rating\n", "ratings.csv: there is no rating under the header.")]
    public void Rating_file_faults_are_reported_with_line_value_and_remedy(string ratings, string problem)
    {
        using var files = new Files(ratings, Pictures);

        Assert.StartsWith(problem, files.Run(files.OfRatings).Problem);
    }

    [Fact]
    public void Mean_of_repeated_ratings_counts_and_other_columns_do_not()
    {
        var raters = Read("rating,person,age,picture\n5,ann,30,b\n1,ann,30,a\n2,bob,8,a\n6,ann,30,a\n-0.5,ann,30,c\n").Raters;

        Assert.Equal(["ann", "bob"], raters.Select(rater => rater.Name));
        Assert.Equal([(1, 5.0), (0, 3.5), (2, -0.5)], raters[0].Ratings);
        Assert.Equal([(0, 2.0)], raters[1].Ratings);
    }

    [Fact]
    public void Better_rated_picture_is_chosen_on_either_side_and_equal_ratings_are_no_vote()
    {
        var rater = new Rater("ann", [(0, 3), (1, 3), (2, 5), (3, 1)]);

        var votes = rater.Votes(_ => true, int.MaxValue, new(1));

        Assert.Equal([(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], votes.Select(vote => vote.Pair).Order());
        Assert.All(votes, vote => Assert.Equal(rater.Ratings[vote.Left].Rating > rater.Ratings[vote.Right].Rating ? Choice.Left : Choice.Right, vote.Choice));
        Assert.Equal(2, Enumerable.Range(1, 20).SelectMany(seed => rater.Votes(_ => true, 1, new((ulong)seed))).DistinctBy(vote => vote.Choice).Count());
    }

    [Fact]
    public void Quarter_of_the_rated_pictures_is_held_out_and_never_learnt_from()
    {
        var split = Draw(_voters.RatingsCsv());

        Assert.Equal(15, split.HeldOutPictures.Count);
        Assert.All(split.People, person =>
        {
            Assert.All(person.Training, vote => Assert.False(split.HeldOutPictures.Contains(vote.Left) || split.HeldOutPictures.Contains(vote.Right)));
            Assert.All(person.Test, vote => Assert.True(split.HeldOutPictures.Contains(vote.Left) && split.HeldOutPictures.Contains(vote.Right)));
        });
        Assert.Equal(1 / 3.0, split.TestToTraining, 1e-12);
    }

    [Fact]
    public void Training_votes_are_as_many_as_asked_and_held_out_votes_are_all_pairs()
    {
        var ratings = Read(_voters.RatingsCsv(), _voters.PicturesCsv()).Raters;
        var split = Draw(_voters.RatingsCsv(), votes: 70);

        Assert.All(split.People.Zip(ratings), person =>
        {
            Assert.Equal(70, person.First.Training.Select(vote => vote.Pair).Distinct().Count());
            var heldOut = person.Second.Ratings.Where(rated => split.HeldOutPictures.Contains(rated.Picture)).ToArray();
            Assert.Equal(heldOut.Sum(one => heldOut.Count(other => other.Rating > one.Rating)), person.First.Test.Select(vote => vote.Pair).Distinct().Count());
        });
    }

    [Fact]
    public void Held_out_votes_of_a_person_are_a_thousand_at_most()
    {
        var voters = SyntheticVoters.Draw(people: 2, pictures: 300, votes: 0);

        Assert.All(Draw(voters.RatingsCsv(), pictures: voters.PicturesCsv()).People, person => Assert.Equal(1000, person.Test.Count));
    }

    [Fact]
    public void Drawn_votes_depend_on_the_seed_only()
    {
        var ratings = _voters.RatingsCsv();

        Assert.Equal(Draw(ratings).People.SelectMany(person => person.Training), Draw(ratings).People.SelectMany(person => person.Training));
        Assert.NotEqual(Draw(ratings).People.SelectMany(person => person.Training), Draw(ratings, seed: 2).People.SelectMany(person => person.Training));
    }

    [Fact]
    public void Training_votes_are_independent_of_the_held_out_ratings()
    {
        var split = Draw(_voters.RatingsCsv());
        var turned = _voters.RatingsCsv().TrimEnd().Split('\n').Select(line =>
        {
            // Ratings of the held-out pictures become the same for some people and differ for others.
            var row = line.Split(',');
            var isHeldOut = int.TryParse(row[1]["picture".Length..], out var picture) && split.HeldOutPictures.Contains(picture);
            return isHeldOut ? $"{row[0]},{row[1]},{(row[0].Length % 2 == 0 ? 4 : picture)}" : line;
        });

        var after = Draw(string.Join('\n', turned));

        Assert.NotEqual(split.People.Select(person => person.Test.Count), after.People.Select(person => person.Test.Count));
        Assert.Equal(split.People.SelectMany(person => person.Training), after.People.SelectMany(person => person.Training));
    }

    [Fact]
    public void People_who_rated_are_judged_from_no_vote_on()
    {
        using var files = new Files(_voters.RatingsCsv(), _voters.PicturesCsv());

        var report = files.Report(files.OfRatings with { At = [0, 5, 100] });

        var rounds = report.Communities[0].Rounds;
        Assert.Equal((720, "0.25", true), (report.Counts.Ratings, report.Protocol.Test, report.Protocol.NewPictures));
        Assert.Equal(12 * 100, report.Counts.TrainingVotes);
        Assert.Equal([0, 5, 100], rounds.Select(round => round.Votes));
        Assert.True(rounds[2].Methods[0].Accuracy.Value > 0.8, rounds[2].Methods[0].Accuracy.ToString());
        Assert.Contains("720 ratings, from which are drawn 1200 votes", files.Printed);
        Assert.Contains("15 pictures are only in held-out votes, which are all pairs of them that a person rated differently, or 1000 drawn from these where there are more", files.Printed);
    }

    [Fact]
    public void Ratings_without_a_difference_are_reported()
    {
        using var files = new Files("person,picture,rating\nann,a,3\nann,b,3\nann,c,3\nann,d,3\n", Pictures);

        Assert.Equal(
            "--test 0.25: no person rated two of the 1 held-out pictures differently. Hold out more, or collect more ratings.",
            files.Run(files.OfRatings).Problem);
    }

    [Fact]
    public void Report_never_overwrites_the_ratings()
    {
        using var files = new Files(_voters.RatingsCsv(), _voters.PicturesCsv());
        var options = files.OfRatings;

        Assert.Equal(
            $"--report {options.Ratings}: this is the file of --ratings. Name another file.",
            files.Run(options with { At = [5], Report = options.Ratings, Force = true }).Problem);
        Assert.Equal(_voters.RatingsCsv(), File.ReadAllText(options.Ratings!));
    }

    private static RatingFile Read(string ratings, string pictures = Pictures)
    {
        using var files = new Files(ratings, pictures);
        return RatingFile.Read(files.OfRatings.Ratings!, PictureTable.Read(files.Pictures).Value!).Value!;
    }

    private Split Draw(string ratings, int votes = 200, int seed = 1, string? pictures = null) =>
        Split.Draw(Read(ratings, pictures ?? _voters.PicturesCsv()).Raters, HoldOut.UsualOfPictures, votes, seed);
}
