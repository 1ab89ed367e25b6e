# Times R surveillance on the series that bench_watch_glm wrote.  Rscript watch_peers.R WEEKS.csv DAYS.csv
# One series a column, no header.  Prints per row: name, processor seconds, series-periods, alarms.
suppressMessages(library(surveillance))
files <- commandArgs(TRUE)
weeks <- as.matrix(read.csv(files[1], header = FALSE))
days <- as.matrix(read.csv(files[2], header = FALSE))
measure <- function(name, data, frequency, periods, run) {
    alarms <- 0
    time <- system.time(for (j in seq_len(ncol(data))) {
        out <- run(sts(data[, j], start = c(2010, 1), frequency = frequency))
        alarms <- alarms + sum(out@alarm, na.rm = TRUE)
    })
    cat(name, sum(time[1:2]), ncol(data) * periods, alarms, "\n")
}
for (b in c(4, 7)) {
    range <- (nrow(weeks) - 9):nrow(weeks)
    measure(paste0("farrington", b), weeks, 52, length(range), function(s) {
        suppressWarnings(farringtonFlexible(s, list(range = range, b = b, w = 3, noPeriods = 10,
            pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin", reweight = TRUE,
            weightsThreshold = 2.58, pThresholdTrend = 1, alpha = 0.01, glmWarnings = FALSE)))
    })
}
range <- 10:nrow(days)
measure("c2", days, 365, length(range), function(s) {
    earsC(s, list(range = range, method = "C2", alpha = 0.001))
})
cat("with R", paste(R.version$major, R.version$minor, sep = "."), "surveillance",
    as.character(packageVersion("surveillance")), "\n")
